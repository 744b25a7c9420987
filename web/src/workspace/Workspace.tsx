// The screens of a server that keeps analyses: files on their way, the history, one analysis.
import type { Route } from '../session/route';
import type { Screen } from '../session/useSession';
import { AnalysisPage } from './AnalysisPage';
import { History } from './History';
import { Uploads } from './Uploads';

interface Props {
  screen: Extract<Screen, { kind: 'sending' | 'history' | 'kept' }>;
  workspace: string;
  limit: number | undefined;
  onFiles: (files: File[]) => void;
  onVisit: (route: Route) => void;
  onCancel: () => void;
  onLeave: () => void;
}

export default function Workspace({ screen, workspace, limit, onFiles, onVisit, onCancel, onLeave }: Props) {
  switch (screen.kind) {
    case 'sending':
      return <Uploads workspace={workspace} files={screen.files} limit={limit} onDone={onVisit} onCancel={onCancel} />;
    case 'history':
      return <History workspace={workspace} onFiles={onFiles} onVisit={onVisit} />;
    case 'kept':
      return (
        <AnalysisPage
          key={`${screen.id} ${screen.other}`}
          workspace={workspace}
          id={screen.id}
          other={screen.other}
          onFiles={onFiles}
          onLeave={onLeave}
        />
      );
  }
}
