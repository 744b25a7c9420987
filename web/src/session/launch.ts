// Files that the system opens with the installed page, where it can (WICG File Handling).
interface LaunchQueue {
  setConsumer(take: (launch: { files?: readonly FileSystemFileHandle[] }) => void): void;
}

export function onLaunch(take: (files: File[]) => void): void {
  const { launchQueue } = window as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    // A file that is gone by now is as if it had not been opened.
    if (files.length > 0) Promise.all(files.map((file) => file.getFile())).then(take, () => {});
  });
}
