import { isValidOn } from '@haidang/contracts/regulation'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { inputTime, secondsFromNow } from '../../format/instant.ts'
import { byName } from '../../format/number.ts'
import { useWords } from '../../language/use-words.ts'

/** The provincial units of today in the reader's language, and what a code is called. */
export function useUnits() {
  const { language } = useWords()
  const may = useMay()
  const query = useQuery({
    queryKey: ['regulations', 'vn-units'],
    queryFn: ({ signal }) =>
      api.regulations.get({ params: { profile: 'vn-units' }, query: {} }, signal),
    enabled: may('setting.read'),
  })
  const today = inputTime(secondsFromNow(0)).slice(0, 10)
  const units = (query.data?.regulation.units ?? [])
    .filter((unit) => isValidOn(unit, today))
    .map(({ id, name }) => ({ id, name: name[language] }))
    .sort((a, b) => byName(a.name, b.name))
  return { units, unitName: (code: string) => units.find(({ id }) => id === code)?.name ?? code }
}
