import { type InformationSystem, SystemDraft } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { Asked } from '../../components/asked.tsx'
import { useIssues } from '../../components/form.ts'
import { Page, PageHead } from '../../components/page.tsx'
import { draftIn, SystemForm } from './system-form.tsx'
import { useSystem } from './use-system.ts'
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
  const query = useSystem(id)
  return (
    <Page title={t`Sửa hệ thống`}>
      <Asked query={query}>{(system) => <EditForm system={system} />}</Asked>
    </Page>
  )
}

function EditForm({ system }: { system: InformationSystem }) {
  const { t } = useLingui()
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
      <SystemForm
        system={system}
        wrong={wrong}
        error={save.error}
        busy={save.isPending}
        act={t`Lưu`}
        onSend={send}
      />
    </>
  )
}
