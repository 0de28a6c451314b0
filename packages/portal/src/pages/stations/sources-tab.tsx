import { formatNames } from '@haidang/contracts/record-format'
import type { Source } from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { List } from '../../components/list.tsx'
import { Pill } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { AddSourceButton } from './add-source.tsx'
import { SourceActs } from './source-acts.tsx'
import { SourceCause } from './source-cause.tsx'
import { SourceRhythmDialog } from './source-rhythm.tsx'
import { collectorNames } from './source-words.ts'
import { toneOf } from './station-tones.ts'

const idOf = (source: Source) => source.id

/** Where this node's records come from, and what became of them. */
export function SourcesTab() {
  const { t } = useLingui()
  const pages = usePages({
    queryKey: ['sources'],
    read: (cursor, signal) => api.sources.list({ query: { limit: 200, cursor } }, signal),
  })
  const columns = useSourceColumns()
  const [shown, setShown] = useState<Source | null>(null)
  return (
    <>
      <List
        pages={pages}
        name="sources"
        label={t`Các nguồn`}
        idOf={idOf}
        columns={columns}
        compact={(source) => <SourceLine source={source} />}
        onOpen={setShown}
        empty={
          <Empty title={t`Chưa có dữ liệu`} act={<AddSourceButton />}>
            {t`Kết nối nguồn đầu tiên: tường lửa, máy chủ, cảm biến gửi nhật ký tới đây.`}
          </Empty>
        }
      />
      {shown ? <SourceRhythmDialog source={shown} onClose={() => setShown(null)} /> : null}
    </>
  )
}

function SourceState({ source }: { source: Source }) {
  const { label } = useWords()
  const { t } = useLingui()
  if (source.draft) return <Pill tone="accent">{t`Nháp`}</Pill>
  return <Pill tone={toneOf(source)}>{label('sourceState', source.state)}</Pill>
}

function Name({ source }: { source: Source }) {
  return (
    <span className="flex min-w-0 flex-col">
      <span className="truncate font-medium">{source.name}</span>
      <SourceCause source={source} />
    </span>
  )
}

/** Of names longer than their column the whole is told on pointing. */
function Kind({ name }: { name: string }) {
  return (
    <span className="text-ink-2" title={name}>
      {name}
    </span>
  )
}

function useSourceColumns(): readonly Column<Source>[] {
  const { t } = useLingui()
  const { number, bytes, duration } = useWords()
  return useMemo(() => {
    const bad = (count: number) =>
      count > 0 ? (
        <span className="font-medium text-high">{number(count)}</span>
      ) : (
        <span className="text-ink-3">0</span>
      )
    return [
      {
        id: 'name',
        header: t`Nguồn`,
        width: 'minmax(140px,2fr)',
        fixed: true,
        cell: (source) => <Name source={source} />,
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: '96px',
        fixed: true,
        cell: (source) => <SourceState source={source} />,
      },
      {
        id: 'collector',
        header: t`Đường vào`,
        width: 'minmax(96px,1fr)',
        from: 1150,
        cell: ({ collector }) => <Kind name={collectorNames[collector]} />,
      },
      {
        id: 'format',
        header: t`Định dạng`,
        width: 'minmax(104px,1fr)',
        from: 1260,
        cell: ({ format }) => (
          <Kind name={format === 'auto' ? t`Tự nhận biết` : formatNames[format]} />
        ),
      },
      {
        id: 'rate',
        header: t`Bản ghi/giây`,
        width: '84px',
        from: 720,
        align: 'right',
        cell: ({ rate }) => number(rate, 1),
      },
      {
        id: 'received',
        header: t`Đã nhận`,
        width: '88px',
        align: 'right',
        cell: ({ counters }) => number(counters.received),
      },
      {
        id: 'waiting',
        header: t`Đang chờ`,
        width: '104px',
        from: 1040,
        align: 'right',
        cell: ({ backlog }) => (
          <span className={backlog.held_back ? 'font-medium text-high' : 'text-ink-2'}>
            {backlog.records === 0
              ? '0'
              : `${bytes(backlog.bytes)} · ${duration(backlog.oldest_seconds)}`}
          </span>
        ),
      },
      {
        id: 'rejected',
        header: t`Không đọc được`,
        width: '104px',
        from: 920,
        align: 'right',
        cell: ({ id, counters }) =>
          counters.rejected > 0 ? (
            <Link
              to="/stations"
              search={{ tab: 'rejects', q: id }}
              className="font-medium text-high underline underline-offset-2"
            >
              {number(counters.rejected)}
            </Link>
          ) : (
            bad(0)
          ),
      },
      {
        id: 'dropped',
        header: t`Mất trước khi ghi`,
        width: '112px',
        from: 640,
        align: 'right',
        cell: ({ counters }) => bad(counters.dropped),
      },
      {
        id: 'duplicated',
        header: t`Có thể trùng`,
        width: '84px',
        from: 1360,
        align: 'right',
        cell: ({ counters }) => bad(counters.duplicated_possible),
      },
      {
        id: 'bytes',
        header: t`Dung lượng`,
        width: '80px',
        from: 1450,
        align: 'right',
        cell: ({ counters }) => bytes(counters.bytes),
      },
      {
        id: 'last',
        header: t`Gần nhất`,
        width: '96px',
        from: 820,
        cell: ({ last_record_at }) =>
          last_record_at ? <Time at={last_record_at} className="text-ink-2" /> : '—',
      },
      {
        id: 'acts',
        header: '',
        width: '32px',
        fixed: true,
        cell: (source) => <SourceActs source={source} />,
      },
    ]
  }, [t, number, bytes, duration])
}

function SourceLine({ source }: { source: Source }) {
  const { t } = useLingui()
  const { number } = useWords()
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center justify-between gap-2">
        <Name source={source} />
        <div className="flex shrink-0 items-center gap-1">
          <SourceState source={source} />
          <SourceActs source={source} />
        </div>
      </div>
      <p className="truncate text-12 text-ink-2">
        {t`nhận ${number(source.counters.received)} · không đọc được ${number(source.counters.rejected)} · mất ${number(source.counters.dropped)}`}
      </p>
    </div>
  )
}
