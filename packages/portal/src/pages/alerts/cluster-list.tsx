import type { Cluster } from '@haidang/contracts/cluster'
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Pages } from '../../api/pages.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ListFoot, NewRows } from '../../components/list-foot.tsx'
import { ListStates } from '../../components/list-states.tsx'
import { useList } from '../../components/use-list.ts'
import { useHeld } from '../../live/use-held.ts'
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

/** What an act applies to: the chosen rows, else the one under the cursor. */
function targetsOf(chosen: ReadonlySet<string>, cursor: string | null): readonly string[] {
  if (chosen.size > 0) return [...chosen]
  return cursor ? [cursor] : []
}

function Rows({ pages, scope, peek, onPeek }: Omit<ClusterListProps, 'empty'>) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { query, items, total } = pages
  const { held, waiting, release, setBusy } = useHeld(items, idOf, scope)
  const open = ({ id }: Cluster) => void navigate({ to: '/alerts/$id', params: { id } })
  const list = useList({
    rows: held,
    idOf,
    onOpen: open,
    onPeek,
    peeked: peek ?? null,
    selectable: true,
    alike,
    onMove: () => setBusy(true),
  })
  const targets = targetsOf(list.chosen, list.cursor)
  const triage = useTriageActs(targets, list.clear)
  const columns = useClusterColumns()
  const more = query.hasNextPage && !query.isFetching
  return (
    <>
      <NewRows count={waiting} onShow={release} />
      <DataTable
        name="clusters"
        label={t`Cụm cảnh báo`}
        rows={held}
        idOf={idOf}
        columns={columns}
        compact={(cluster) => <ClusterLine cluster={cluster} />}
        cursor={list.cursor}
        onPoint={list.point}
        onOpen={open}
        selection={list}
        onEnd={more ? () => void query.fetchNextPage() : undefined}
        onBusy={setBusy}
        faded={({ state }) => state === 'snoozed'}
      />
      <ListFoot
        shown={held.length}
        total={total}
        asOf={query.dataUpdatedAt}
        more={query.hasNextPage}
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
