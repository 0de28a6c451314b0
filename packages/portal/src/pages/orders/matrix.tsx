import type { LadderLine, Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { both } from '../../components/filter-tree.ts'
import { ListFoot } from '../../components/list-foot.tsx'
import { Section } from '../../components/page.tsx'
import { SheetLinks } from '../../components/sheet-links.tsx'
import { Failure, LoadingRows, NoMatch } from '../../components/states.tsx'
import { useList } from '../../components/use-list.ts'
import { LadderDialog } from './ladder-dialog.tsx'
import { MatrixActs } from './matrix-acts.tsx'
import { LadderRow, useLadderColumns } from './matrix-columns.tsx'
import { StepCounts } from './step-counts.tsx'

const idOf = (line: LadderLine) => line.organisation_id
const fields = ['name', 'text', 'step', 'role', 'overdue', 'over_link', 'withdrawn', 'due_at', 'id']

/** Addressees against the ladder, late ones first: counted, filtered, chosen, opened. */
export function Matrix({ order }: { order: Order }) {
  const { t } = useLingui()
  const [q, setQ] = useState('')
  const [step, setStep] = useState<string | undefined>()
  const filter = both(step ?? '', q)
  const pages = usePages({
    queryKey: ['orders', 'ladders', order.id, filter],
    read: (cursor, signal) =>
      api.orderMatrix.addressees(
        { params: { id: order.id }, query: { limit: 100, cursor, filter } },
        signal,
      ),
  })
  const clear = () => {
    setQ('')
    setStep(undefined)
  }
  return (
    <Section
      title={t`Nơi nhận`}
      count={order.tally.addressees}
      acts={<SheetLinks path={`/api/v1/orders/${order.id}/addressee-export`} filter={filter} />}
    >
      <div className="flex flex-col gap-3 py-3">
        <StepCounts tally={order.tally} chosen={step} onChoose={setStep} />
        <FilterBar
          value={q}
          onChange={setQ}
          fields={fields}
          example="step:disputed or overdue:true"
        />
      </div>
      <Lines order={order} pages={pages} onClear={filter ? clear : undefined} />
    </Section>
  )
}

interface LinesProps {
  readonly order: Order
  readonly pages: ReturnType<
    typeof usePages<Awaited<ReturnType<typeof api.orderMatrix.addressees>>>
  >
  readonly onClear: (() => void) | undefined
}

function Lines({ order, pages, onClear }: LinesProps) {
  const { query, items } = pages
  if (query.isPending) return <LoadingRows />
  if (items.length > 0) return <Rows order={order} pages={pages} />
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  return onClear ? <NoMatch onClear={onClear} /> : null
}

function Rows({ order, pages }: Omit<LinesProps, 'onClear'>) {
  const { t } = useLingui()
  const { query, items, total } = pages
  const [openId, setOpenId] = useState<string | null>(null)
  const isActing = order.mine === 'issuer' && order.state === 'issued'
  const list = useList({
    rows: items,
    idOf,
    onOpen: (line) => setOpenId(line.organisation_id),
    selectable: isActing,
  })
  const columns = useLadderColumns()
  const more = query.hasNextPage && !query.isFetching
  return (
    <>
      <DataTable
        name="ladders"
        label={t`Nơi nhận`}
        rows={items}
        idOf={idOf}
        columns={columns}
        compact={(line) => <LadderRow line={line} />}
        cursor={list.cursor}
        onPoint={list.point}
        onOpen={(line) => setOpenId(line.organisation_id)}
        {...(isActing ? { selection: list } : {})}
        onEnd={more ? () => void query.fetchNextPage() : undefined}
        faded={({ withdrawn_at }) => withdrawn_at !== null}
      />
      <ListFoot
        shown={items.length}
        total={total}
        asOf={query.dataUpdatedAt}
        more={query.hasNextPage}
      />
      {isActing ? <MatrixActs order={order} chosen={list.chosen} onClear={list.clear} /> : null}
      {openId ? (
        <LadderDialog order={order} organisationId={openId} onClose={() => setOpenId(null)} />
      ) : null}
    </>
  )
}
