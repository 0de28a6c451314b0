import type { SystemRange } from '@haidang/contracts/attribution'
import type { InformationSystem } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { List } from '../../components/list.tsx'
import { Pill } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { AddRangesDialog } from './add-ranges-dialog.tsx'
import { ChangeRangeDialog } from './change-range-dialog.tsx'
import { RangeChanges } from './range-changes.tsx'

const idOf = (range: SystemRange) => range.id

/** What belongs to the system, from day to day. */
export function SystemRanges({ system }: { system: InformationSystem }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [adding, setAdding] = useState(false)
  const [changed, setChanged] = useState<SystemRange | null>(null)
  const { id } = system
  const pages = usePages({
    queryKey: ['systems', 'ranges', id],
    read: (cursor, signal) =>
      api.attribution.ranges({ params: { id }, query: { limit: 100, cursor } }, signal),
  })
  const columns = useRangeColumns()
  const add = (
    <Button look="primary" refusal={refusal('system.manage')} onClick={() => setAdding(true)}>
      <Plus aria-hidden="true" className="size-4" />
      {t`Thêm dải`}
    </Button>
  )
  return (
    <>
      <div className="flex justify-end pb-3">{pages.items.length > 0 ? add : null}</div>
      <div className="-mx-4 md:-mx-6">
        <List
          pages={pages}
          name="system-ranges"
          label={t`Dải và tên miền`}
          idOf={idOf}
          columns={columns}
          compact={(range) => (
            <div className="flex flex-col gap-1">
              <Shown range={range} />
              <Days range={range} />
            </div>
          )}
          {...(refusal('system.manage') ? {} : { onOpen: setChanged })}
          empty={
            <Empty title={t`Chưa có dải nào`} act={add}>
              {t`Mạng, tên miền, URL và số hiệu mạng của hệ thống, kèm ngày có hiệu lực.`}
            </Empty>
          }
        />
      </div>
      <RangeChanges systemId={id} />
      {adding ? <AddRangesDialog system={system} onClose={() => setAdding(false)} /> : null}
      {changed ? (
        <ChangeRangeDialog system={system} range={changed} onClose={() => setChanged(null)} />
      ) : null}
    </>
  )
}

function Shown({ range }: { range: SystemRange }) {
  const { t } = useLingui()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <code className="truncate text-13" title={range.text}>
        {range.shown}
      </code>
      {range.confirmed ? null : <Pill tone="neutral">{t`chưa xác nhận`}</Pill>}
      {range.looks_like ? <Pill tone="high">{t`trông giống ${range.looks_like}`}</Pill> : null}
    </span>
  )
}

function Days({ range }: { range: SystemRange }) {
  const { t } = useLingui()
  const from = plainDate(range.valid_from ?? '')
  const to = plainDate(range.valid_to ?? '')
  if (from && to) return <span className="text-12 text-ink-2">{t`${from} đến ${to}`}</span>
  if (from) return <span className="text-12 text-ink-2">{t`từ ${from}`}</span>
  return <span className="text-12 text-ink-2">{to ? t`đến ${to}` : t`đang có hiệu lực`}</span>
}

function useRangeColumns(): readonly Column<SystemRange>[] {
  const { t } = useLingui()
  const { label } = useWords()
  return useMemo(
    () => [
      {
        id: 'text',
        header: t`Dải`,
        width: 'minmax(180px,3fr)',
        fixed: true,
        cell: (range) => <Shown range={range} />,
      },
      {
        id: 'kind',
        header: t`Loại`,
        width: '130px',
        from: 560,
        cell: ({ kind }) => label('rangeKind', kind),
      },
      {
        id: 'days',
        header: t`Hiệu lực`,
        width: '200px',
        cell: (range) => <Days range={range} />,
      },
      {
        id: 'note',
        header: t`Ghi chú`,
        width: 'minmax(120px,2fr)',
        from: 780,
        cell: ({ note }) => <span className="text-ink-2">{note}</span>,
      },
    ],
    [t, label],
  )
}
