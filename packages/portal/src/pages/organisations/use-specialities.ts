import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { useWords } from '../../language/use-words.ts'

/** What experts are told apart by, in the reader's language and the order of the form, and what an id is called. */
export function useSpecialities() {
  const { language } = useWords()
  const may = useMay()
  const { data } = useQuery({
    queryKey: ['specialities'],
    queryFn: ({ signal }) => api.experts.specialities({}, signal),
    enabled: may('expert.read'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const specialities = (data?.specialities ?? []).map(({ id, clause, name }) => ({
    value: id,
    name: `${clause} ${name[language]}`,
    plain: name[language],
  }))
  const names = new Map(specialities.map(({ value, plain }) => [value, plain]))
  return { specialities, specialityName: (id: string) => names.get(id) ?? id }
}
