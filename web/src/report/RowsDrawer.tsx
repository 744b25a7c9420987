// A panel over the report with the rows behind a figure.
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Drawer.css';
import { Drawer } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangeParts } from './ChangeParts';
import { type Opened, ReportContext, type ReportData, useReport } from './context';
import { useFactLabel } from './labels';
import css from './RowsDrawer.module.css';
import { RowsPanel } from './RowsPanel';

/** What is opened, and the report or the part of it where it stands. */
export interface OpenedIn {
  what: Opened;
  data: ReportData;
}

interface Props {
  opened: OpenedIn | undefined;
  onClose: () => void;
}

export function RowsDrawer({ opened, onClose }: Props) {
  // The panel keeps its content while it slides away.
  const [shown, setShown] = useState(opened);
  useEffect(() => {
    if (opened) setShown(opened);
  }, [opened]);
  const { what, data } = opened ?? shown ?? {};
  return (
    <Drawer.Root
      opened={opened !== undefined}
      onClose={onClose}
      position="right"
      size={920}
      classNames={{ content: css.content ?? '' }}
      transitionProps={{ duration: 140 }}
    >
      <Drawer.Overlay backgroundOpacity={0.35} />
      <Drawer.Content>
        {what && data && (
          <ReportContext value={data}>
            <Inside what={what} />
          </ReportContext>
        )}
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Inside({ what }: { what: Opened }) {
  const { t } = useTranslation();
  const label = useFactLabel();
  const { span } = useReport();
  const title = what.kind === 'fact' ? label(what.fact) : what.title;
  const key = what.kind === 'fact' ? what.fact.id : what.title;
  return (
    <>
      <div className={css.header}>
        <Drawer.Title className={css.title ?? ''}>{title || t('report.rows.title')}</Drawer.Title>
        <Drawer.CloseButton size={44} iconSize={20} aria-label={t('report.rows.close')} />
      </div>
      <Drawer.Body className={css.body ?? ''} p={0}>
        {what.kind === 'change' ? (
          <ChangeParts key={key} change={what} />
        ) : (
          <RowsPanel key={`${key} ${span?.first}`} what={what} title={title} />
        )}
      </Drawer.Body>
    </>
  );
}
