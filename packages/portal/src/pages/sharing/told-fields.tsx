import type { ToldTo } from '@haidang/contracts/audience'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useMay } from '../../api/session.ts'
import { ChooseMany } from '../../components/choose-many.tsx'

export const nobody: ToldTo = { organisations: [], groups: [], people: [] }

interface ToldFieldsProps {
  readonly toldTo: ToldTo
  readonly onChange: (toldTo: ToldTo) => void
}

/** Whom a thing is addressed to: organisations, sharing groups, people by name. */
export function ToldFields({ toldTo, onChange }: ToldFieldsProps) {
  const { t } = useLingui()
  const may = useMay()
  const organisations = useOrganisations()
  const groups = useQuery({
    queryKey: ['organisations', 'groups', 'all'],
    queryFn: ({ signal }) => api.sharingGroups.list({ query: { limit: 500 } }, signal),
    enabled: may('organisation.read'),
  })
  const people = useQuery({
    queryKey: ['people', 'all'],
    queryFn: ({ signal }) => api.people.list({ query: { limit: 500 } }, signal),
    enabled: may('person.read'),
  })
  const nobodyYet = t`chưa ai`
  return (
    <>
      <ChooseMany
        name="told.organisations"
        label={t`Nêu tên tổ chức`}
        search={t`Tìm tổ chức`}
        none={nobodyYet}
        help={t`Thấy ở mọi mức đến AMBER+STRICT`}
        choices={organisations.map(({ id, name }) => ({ value: id, name }))}
        defaultValue={toldTo.organisations}
        onChange={(chosen) => onChange({ ...toldTo, organisations: [...chosen] })}
      />
      <ChooseMany
        name="told.groups"
        label={t`Nêu tên nhóm chia sẻ`}
        search={t`Tìm nhóm`}
        none={nobodyYet}
        help={t`Thành viên lúc này của nhóm thấy, đến mức AMBER`}
        choices={(groups.data?.items ?? []).map(({ id, name }) => ({ value: id, name }))}
        defaultValue={toldTo.groups}
        onChange={(chosen) => onChange({ ...toldTo, groups: [...chosen] })}
      />
      <ChooseMany
        name="told.people"
        label={t`Nêu tên từng người`}
        search={t`Tìm người`}
        none={nobodyYet}
        help={t`Thấy ở mọi mức, cả TLP:RED, bất kể vai trò`}
        choices={(people.data?.items ?? []).map(({ id, name, organisation_name }) => ({
          value: id,
          name: `${name} – ${organisation_name}`,
        }))}
        defaultValue={toldTo.people}
        onChange={(chosen) => onChange({ ...toldTo, people: [...chosen] })}
      />
    </>
  )
}
