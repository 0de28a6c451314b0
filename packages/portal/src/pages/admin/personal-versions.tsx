import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { VersionList } from '../../components/version-list.tsx'

/** Versions of how long records about people are kept. */
export function PersonalVersions() {
  const query = useQuery({
    queryKey: ['personal-data', 'versions'],
    queryFn: ({ signal }) => api.personalData.versions({ query: { limit: 100 } }, signal),
    select: ({ items }) =>
      items.map(({ version, reason, changed_by: by, changed_at: at }) => ({
        version,
        reason,
        by,
        at,
      })),
  })
  return <VersionList query={query} />
}
