import type { Cluster } from '@haidang/contracts/cluster'
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Pages } from '../../api/pages.ts'
import { HeldRows, useHeldRows } from '../../components/held-rows.tsx'
import { ListStates } from '../../components/list-states.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { ClusterLine, useClusterColumns } from './cluster-columns.tsx'
import { TriageDialog } from './triage-dialogs.tsx'
import { useTriageActs } from './use-triage-keys.ts'

const idOf = (cluster: Cluster) => cluster.id

/** Made by one rule at one organisation: what is noise of one is usually noise of all. */
const alike = (a: Cluster, b: Cluster) =>
  a.detector === b.detector &&
  a.rule_id === b.rule_id &&
  a.organisation_id === b.organisation_id &&
  a.state === b.state

interface ClusterListProps {
  readonly pages: Pages<Cluster>
  /** Changes when other rows are asked for, so that nothing is held over. */
  readonly scope: string
  readonly peek: string | undefined
  readonly onPeek: (id: string | null) => void
  readonly empty: ReactNode
}

/** The clusters to triage, in all states a list can be in. */
export function ClusterList({ empty, ...rows }: ClusterListProps) {
  return (
    <ListStates pages={rows.pages} empty={empty}>
      <Rows {...rows} />
    </ListStates>
  )
}

function Rows({ pages, scope, peek, onPeek }: Omit<ClusterListProps, 'empty'>) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const open = ({ id }: Cluster) => void navigate({ to: '/alerts/$id', params: { id } })
  const rows = useHeldRows({
    pages,
    idOf,
    scope,
    onOpen: open,
    onPeek,
    peeked: peek ?? null,
    selectable: true,
    alike,
  })
  const { list } = rows
  const targets = rows.targets.map(idOf)
  const triage = useTriageActs(targets, list.clear)
  const columns = useClusterColumns()
  return (
    <>
      <HeldRows
        rows={rows}
        name="clusters"
        label={t`Cụm cảnh báo`}
        columns={columns}
        compact={(cluster) => <ClusterLine cluster={cluster} />}
        faded={({ state }) => state === 'snoozed'}
      />
      <BulkBar count={list.chosen.size} acts={triage.acts} onClear={list.clear} />
      {triage.asked ? (
        <TriageDialog
          asked={triage.asked}
          count={targets.length}
          onAct={triage.act}
          onClose={triage.dismiss}
        />
      ) : null}
    </>
  )
}
