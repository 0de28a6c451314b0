import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Select } from '../../components/field.tsx'
import { submitted, text } from '../../components/form.ts'
import { complain } from '../../components/toast.tsx'

/** Who is in a group; taken in and out by who keeps groups. */
export function GroupMembers({ id }: { id: string }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const describe = useDescribe()
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['organisations', 'group', id],
    queryFn: ({ signal }) => api.sharingGroups.get({ params: { id } }, signal),
  })
  const done = {
    onSuccess: () => client.invalidateQueries({ queryKey: ['organisations'] }),
    onError: (error: Error) =>
      complain(`${describe(error).title}. ${describe(error).detail ?? ''}`),
  }
  const join = useMutation({
    mutationFn: (organisation_id: string) =>
      api.sharingGroups.join({ params: { id }, body: { organisation_id } }),
    ...done,
  })
  const part = useMutation({
    mutationFn: (organisation: string) => api.sharingGroups.part({ params: { id, organisation } }),
    ...done,
  })
  const missing = refusal('group.manage')
  const organisations = useOrganisations()
  return (
    <div className="pl-6">
      <Asked query={query}>
        {({ member_list }) => (
          <ul className="divide-y divide-line">
            {member_list.map(({ organisation_id, organisation_name }) => (
              <li key={organisation_id} className="flex items-center gap-3 py-1">
                <span className="min-w-0 flex-1 truncate">{organisation_name}</span>
                <Button
                  size="small"
                  refusal={missing}
                  busy={part.isPending}
                  aria-label={t`Đưa ra: ${organisation_name}`}
                  onClick={() => part.mutate(organisation_id)}
                >
                  {t`Đưa ra`}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Asked>
      {missing ? null : (
        <form
          onSubmit={submitted((form) => join.mutate(text(form, 'organisation_id')))}
          className="flex max-w-xl flex-wrap items-center gap-2 pt-2"
        >
          <Select name="organisation_id" aria-label={t`Tổ chức`} className="min-w-40 flex-1">
            {organisations.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
          <Button type="submit" busy={join.isPending}>
            {t`Thêm vào nhóm`}
          </Button>
        </form>
      )}
    </div>
  )
}
