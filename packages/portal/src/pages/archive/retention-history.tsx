import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { VersionList } from '../../components/version-list.tsx'

/** Versions of how long events are kept. */
export function RetentionHistory() {
  const query = useQuery({
    queryKey: ['archive', 'versions'],
    queryFn: ({ signal }) => api.archive.retentionVersions({ query: { limit: 100 } }, signal),
    select: ({ items }) =>
      items.map(({ version, reason, actor_name: by, created_at: at }) => ({
        version,
        reason,
        by,
        at,
      })),
  })
  return <VersionList query={query} />
}
