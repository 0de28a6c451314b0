import type { Incident } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Pages } from '../../api/pages.ts'
import { HeldRows, useHeldRows } from '../../components/held-rows.tsx'
import { ListStates } from '../../components/list-states.tsx'
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
  const open = ({ id }: Incident) => void navigate({ to: '/incidents/$id', params: { id } })
  const rows = useHeldRows({ pages, idOf, scope, onOpen: open, selectable: true })
  const { list, targets } = rows
  const acts = useIncidentActs(targets, list.clear)
  const columns = useIncidentColumns()
  return (
    <>
      <HeldRows
        rows={rows}
        name="incidents"
        label={t`Sự cố`}
        columns={columns}
        compact={(incident) => <IncidentLine incident={incident} />}
      />
      <IncidentBulkBar count={list.chosen.size} acts={acts} onClear={list.clear} />
      <IncidentBulkDialogs targets={targets} acts={acts} onDone={list.clear} />
    </>
  )
}
