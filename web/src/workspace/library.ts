// The analyses of the workspace as reports to compare with.
import { useEffect, useMemo, useState } from 'react';
import type { Analysis } from '../api/types';
import { listAnalyses } from '../api/workspace';
import type { Choice, Library } from '../report/compare/library';
import { openReport } from './useKeptReport';

/** The newest of them that have a report, but for the one that is shown. */
export function useServerLibrary(workspace: string, mine: string): Library {
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    listAnalyses(workspace, {}, controller.signal)
      .then(({ analyses }) => setChoices(analyses.filter((one) => one.id !== mine && one.digest).map(choiceOf)))
      // Without the list there is nothing to choose from; the report itself is there.
      .catch(() => {});
    return () => controller.abort();
  }, [workspace, mine]);
  return useMemo(
    () => ({
      choices,
      open: (id, signal) => openReport(workspace, id, signal, () => {}),
      takesFiles: false,
    }),
    [workspace, choices],
  );
}

function choiceOf({ id, title, digest }: Analysis): Choice {
  return { id, name: title, from: digest?.period?.from ?? '', to: digest?.period?.to ?? '' };
}
