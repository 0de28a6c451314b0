import { type InformationSystem, SystemDraft } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { submitted, useIssues } from '../../components/form.ts'
import { gutter, Page, PageHead } from '../../components/page.tsx'
import { draftIn, SystemFields } from './system-form.tsx'
import { useSystemChange } from './use-system-change.ts'

const route = getRouteApi('/shell/systems/$id/edit')

/** The fields this form shows: what stands elsewhere stays as it is. */
const Edited = SystemDraft.pick({
  operator_id: true,
  code: true,
  name: true,
  purpose: true,
  tlp: true,
  level: true,
  level_approval: true,
  level_decision: true,
  importance: true,
})

export function EditSystemPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['systems', 'one', id],
    queryFn: ({ signal }) => api.systems.get({ params: { id } }, signal),
  })
  return (
    <Page title={t`Sửa hệ thống`}>
      <Asked query={query}>{(system) => <EditForm system={system} />}</Asked>
    </Page>
  )
}

function EditForm({ system }: { system: InformationSystem }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const issues = useIssues()
  const navigate = route.useNavigate()
  const { save, wrong, setWrong } = useSystemChange(system, () =>
    navigate({ to: '/systems/$id', params: { id: system.id } }),
  )
  const send = (form: FormData) => {
    const parsed = Edited.safeParse(draftIn(form))
    setWrong(issues(parsed))
    if (parsed.success) save.mutate(parsed.data)
  }
  return (
    <>
      <PageHead title={t`Sửa hệ thống`} about={system.name} />
      <form
        noValidate
        onSubmit={submitted(send)}
        className={`flex max-w-3xl flex-col gap-4 pb-16 ${gutter}`}
      >
        <ErrorSummary
          errors={wrong}
          error={save.error}
          names={{ name: t`Tên hệ thống`, code: t`Mã` }}
        />
        <SystemFields system={system} wrong={wrong} />
        <Acts className="border-t">
          <Button
            look="primary"
            type="submit"
            busy={save.isPending}
            refusal={refusal('system.manage')}
          >{t`Lưu`}</Button>
          <Button look="quiet" onClick={() => window.history.back()}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </>
  )
}
