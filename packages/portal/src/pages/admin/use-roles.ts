import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { useWords } from '../../language/use-words.ts'

/** The roles of this node by their name in the reader's language. */
export function useRoles(): readonly { readonly id: string; readonly name: string }[] {
  const { language } = useWords()
  const may = useMay()
  const { data } = useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => api.people.roles({ query: { limit: 100 } }, signal),
    enabled: may('person.read'),
  })
  return useMemo(
    () =>
      (data?.items ?? []).map(({ id, name_vi, name_en }) => ({
        id,
        name: language === 'vi' ? name_vi : name_en,
      })),
    [data, language],
  )
}
