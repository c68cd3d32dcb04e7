import type { ProcessEntry } from '@bulkhead/contracts';
import type { Column } from '@bulkhead/ui/data-table';
import { format, t } from '../strings.ts';
import type { ProcessColumn } from './process-rows.ts';

/** A column whose cells are plain text. */
export interface TextColumn extends Column<ProcessColumn> {
  id: Exclude<ProcessColumn, 'process' | 'history' | 'memory-history' | 'sandbox'>;
  text: (entry: ProcessEntry) => string;
}

const orDash = <Value>(value: Value | null, write: (value: Value) => string) => (value === null ? '—' : write(value));
const kibibytes = (value: number | null) => orDash(value, (kiB) => format.bytes(kiB * 1024));
const perSecond = (value: number | null, write: (value: number) => string) =>
  orDash(value, (amount) => t('perSecond', { amount: write(amount) }));
const figures = { align: 'end', sortFirst: 'descending' } as const;

/** All columns of plain text, in display order. The user can choose each of them. */
export const textColumns: readonly TextColumn[] = [
  { id: 'pid', label: 'PID', align: 'end', sortFirst: 'ascending', text: ({ pid }) => `${pid}` },
  {
    id: 'parent',
    label: t('columnParent'),
    align: 'end',
    sortFirst: 'ascending',
    text: ({ parentPid }) => orDash(parentPid, String),
  },
  { id: 'site', label: t('columnSite'), sortFirst: 'ascending', text: ({ site }) => site ?? '—' },
  {
    id: 'memory',
    label: t('columnMemory'),
    hint: t('columnMemoryHint'),
    ...figures,
    text: ({ pssKiB }) => kibibytes(pssKiB),
  },
  {
    id: 'private',
    label: t('columnPrivate'),
    hint: t('columnPrivateHint'),
    ...figures,
    text: ({ privateKiB }) => kibibytes(privateKiB),
  },
  {
    id: 'shared',
    label: t('columnShared'),
    hint: t('columnSharedHint'),
    ...figures,
    text: ({ sharedMemoryKiB }) => kibibytes(sharedMemoryKiB),
  },
  {
    id: 'heap',
    label: t('columnHeap'),
    hint: t('columnHeapHint'),
    ...figures,
    text: ({ heapBytes }) => orDash(heapBytes, format.bytes),
  },
  {
    id: 'cpu',
    label: 'CPU',
    hint: t('columnCpuHint'),
    ...figures,
    text: ({ cpuPercent }) => orDash(cpuPercent, format.cpu),
  },
  {
    id: 'frames',
    label: t('columnFrames'),
    hint: t('columnFramesHint'),
    ...figures,
    text: ({ framesPerSecond }) => orDash(framesPerSecond, format.count),
  },
  {
    id: 'messages',
    label: t('columnMessages'),
    hint: t('columnMessagesHint'),
    ...figures,
    text: ({ messagesPerSecond }) => perSecond(messagesPerSecond, format.count),
  },
  {
    id: 'traffic',
    label: t('columnTraffic'),
    hint: t('columnTrafficHint'),
    ...figures,
    text: ({ bytesPerSecond }) => perSecond(bytesPerSecond, format.bytes),
  },
  {
    id: 'network',
    label: t('columnNetwork'),
    hint: t('columnNetworkHint'),
    ...figures,
    text: ({ networkBytes }) => orDash(networkBytes, format.bytes),
  },
  {
    id: 'descriptors',
    label: t('columnDescriptors'),
    hint: t('columnDescriptorsHint'),
    ...figures,
    text: ({ descriptors }) => orDash(descriptors, format.count),
  },
  { id: 'threads', label: t('columnThreads'), ...figures, text: ({ threads }) => orDash(threads, format.count) },
  {
    id: 'priority',
    label: t('columnPriority'),
    hint: t('columnPriorityHint'),
    align: 'end',
    sortFirst: 'ascending',
    text: ({ nice }) => orDash(nice, String),
  },
];

/** Columns that are shown until the user chooses. */
export const usualColumns: readonly ProcessColumn[] = [
  'pid',
  'parent',
  'memory',
  'cpu',
  'sandbox',
  'history',
  'memory-history',
];
