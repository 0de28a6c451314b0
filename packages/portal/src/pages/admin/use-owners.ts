import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** Who could answer for a machine of an organisation, each by name and e-mail. */
export function useOwners(organisationId: string) {
  const { data } = useQuery({
    queryKey: ['people', 'of', organisationId],
    queryFn: ({ signal }) =>
      api.people.list(
        { query: { limit: 200, filter: `organisation_id:${organisationId} not disabled:true` } },
        signal,
      ),
    enabled: organisationId !== '',
  })
  return (data?.items ?? []).map(({ id, name, email }) => ({ id, name: `${name} (${email})` }))
}
