import type { Incident } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Pages } from '../../api/pages.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ListFoot, NewRows } from '../../components/list-foot.tsx'
import { ListStates } from '../../components/list-states.tsx'
import { useList } from '../../components/use-list.ts'
import { useHeld } from '../../live/use-held.ts'
import { IncidentBulkBar, IncidentBulkDialogs } from './incident-bulk.tsx'
import { IncidentLine, useIncidentColumns } from './incident-columns.tsx'
import { useIncidentActs } from './use-incident-acts.ts'

const idOf = (incident: Incident) => incident.id

interface IncidentListProps {
  readonly pages: Pages<Incident>
  /** Changes when other rows are asked for, so that nothing is held over. */
  readonly scope: string
  readonly empty: ReactNode
}

/** Incidents to choose from and act on, in all states a list can be in. */
export function IncidentList(props: IncidentListProps) {
  return (
    <ListStates pages={props.pages} empty={props.empty}>
      <Rows {...props} />
    </ListStates>
  )
}

function Rows({ pages, scope }: IncidentListProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { query, items, total } = pages
  const { held, waiting, release, setBusy } = useHeld(items, idOf, scope)
  const open = ({ id }: Incident) => void navigate({ to: '/incidents/$id', params: { id } })
  const list = useList({
    rows: held,
    idOf,
    onOpen: open,
    selectable: true,
    onMove: () => setBusy(true),
  })
  const chosen = list.chosen.size > 0 ? list.chosen : new Set(list.cursor ? [list.cursor] : [])
  const targets = held.filter(({ id }) => chosen.has(id))
  const acts = useIncidentActs(targets, list.clear)
  const columns = useIncidentColumns()
  const more = query.hasNextPage && !query.isFetching
  return (
    <>
      <NewRows count={waiting} onShow={release} />
      <DataTable
        name="incidents"
        label={t`Sự cố`}
        rows={held}
        idOf={idOf}
        columns={columns}
        compact={(incident) => <IncidentLine incident={incident} />}
        cursor={list.cursor}
        onPoint={list.point}
        onOpen={open}
        selection={list}
        onEnd={more ? () => void query.fetchNextPage() : undefined}
        onBusy={setBusy}
      />
      <ListFoot
        shown={held.length}
        total={total}
        asOf={query.dataUpdatedAt}
        more={query.hasNextPage}
      />
      <IncidentBulkBar count={list.chosen.size} acts={acts} onClear={list.clear} />
      <IncidentBulkDialogs targets={targets} acts={acts} onDone={list.clear} />
    </>
  )
}
