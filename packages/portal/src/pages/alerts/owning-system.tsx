import type { Cluster } from '@haidang/contracts/cluster'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Fact } from '../../components/facts.tsx'

/** Which system of the register what a cluster is about belonged to when it was last seen; nothing where that is nobody's. */
export function OwningSystem({ cluster, entity }: { cluster: Cluster; entity: string }) {
  const { t } = useLingui()
  const may = useMay()
  const { organisation_id: organisation, last_time: at } = cluster
  const query = useQuery({
    queryKey: ['attribution', entity, at, organisation],
    queryFn: ({ signal }) =>
      api.attribution.whose({ query: { value: entity, at, organisation } }, signal),
    enabled: may('system.read'),
    retry: false,
  })
  const system = query.data?.system
  if (!system) return null
  return (
    <Fact name={t`Hệ thống`}>
      <Link to="/systems/$id" params={{ id: system.id }} className="text-accent hover:underline">
        {system.name}
      </Link>
      {system.organisation_id === organisation ? null : (
        <p className="text-12 text-ink-2">{system.organisation_name}</p>
      )}
    </Fact>
  )
}
