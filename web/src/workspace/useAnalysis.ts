// One analysis as it stands now, followed until it has ended, and what the reader may do with it.
import { useCallback, useEffect, useState } from 'react';
import type { Analysis, Hints, Problem } from '../api/types';
import { watch } from '../api/watch';
import { answersOf, cancelAnalysis, problemOf, revise } from '../api/workspace';
import { corrections } from '../corrections/list';
import { answersTo, rememberAnswers } from './answers';

interface State {
  analysis?: Analysis;
  /** Why it cannot be shown, or why what the reader asked was not done. */
  problem?: Problem | undefined;
  /** Whether the server is out of reach for now. */
  lost?: boolean;
}

interface Hook extends State {
  /** Works it out again, with the corrections as they are now and these answers, if there are others. */
  again(hints?: Hints): void;
  cancel(): void;
  /** Asks anew how it stands. */
  retry(): void;
}

export function useAnalysis(workspace: string, id: string): Hook {
  const [state, setState] = useState<State>({});
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round follows it anew
  useEffect(() => {
    const controller = new AbortController();
    const follower = {
      analysis: (analysis: Analysis) => setState({ analysis }),
      lost: () => setState((now) => ({ ...now, lost: true })),
    };
    watch(workspace, id, follower, controller.signal).catch((error) => {
      if (!controller.signal.aborted) setState((now) => ({ ...now, problem: problemOf(error) }));
    });
    return () => controller.abort();
  }, [workspace, id, round]);

  const ask = useCallback(async (call: () => Promise<Analysis | undefined>) => {
    try {
      const analysis = await call();
      if (analysis) setState({ analysis });
      setRound((now) => now + 1);
    } catch (error) {
      setState((now) => ({ ...now, problem: problemOf(error) }));
    }
  }, []);

  const again = useCallback(
    (hints: Hints = answersTo(id)) =>
      void ask(async () => {
        const analysis = await revise(workspace, id, answersOf(hints, corrections()));
        rememberAnswers(id, hints);
        return analysis;
      }),
    [workspace, id, ask],
  );
  const cancel = useCallback(
    () =>
      void ask(async () => {
        await cancelAnalysis(workspace, id);
        return undefined;
      }),
    [workspace, id, ask],
  );
  const retry = useCallback(() => {
    setState(({ analysis }) => (analysis ? { analysis } : {}));
    setRound((now) => now + 1);
  }, []);
  return { ...state, again, cancel, retry };
}
