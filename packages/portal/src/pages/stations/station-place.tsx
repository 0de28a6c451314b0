import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useMay } from '../../api/session.ts'
import { Select } from '../../components/field.tsx'
import { complain } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { useUnitNames, useUnits } from './use-unit-names.ts'

/** In which province a station stands: a choice for who may say so, a word for all others. */
export function StationPlace({ station }: { station: Station }) {
  const { t } = useLingui()
  const { language } = useWords()
  const may = useMay()
  const describe = useDescribe()
  const client = useQueryClient()
  const units = useUnits()
  const nameOf = useUnitNames()
  const filter = `organisation_id:${station.organisation_id}`
  const query = useQuery({
    queryKey: ['estate', 'of', station.organisation_id],
    queryFn: ({ signal }) => api.estate.list({ query: { limit: 100, filter } }, signal),
  })
  const place = useMutation({
    mutationFn: (unit: string) => api.estate.place({ params: { id: station.id }, body: { unit } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['estate'] }),
    onError: (error) => complain(describe(error).title),
  })
  const unit = query.data?.items.find(({ id }) => id === station.id)?.unit ?? ''
  if (!may('station.manage')) return nameOf(unit)
  return (
    <Select
      aria-label={t`Tỉnh, thành`}
      value={unit}
      disabled={place.isPending}
      onChange={(event) => place.mutate(event.currentTarget.value)}
    >
      <option value="">{t`chưa rõ`}</option>
      {units.map(({ id, name }) => (
        <option key={id} value={id}>
          {name[language]}
        </option>
      ))}
    </Select>
  )
}
