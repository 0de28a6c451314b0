import type { FullLibraryRule } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { errorsOf } from '../../components/form.ts'
import { Page, PageHead } from '../../components/page.tsx'
import { type RuleEdit, RuleEditor } from './rule-editor.tsx'
import { useRuleAct } from './use-rule-act.ts'

const route = getRouteApi('/shell/rules/library/$id/edit')

/** A new version of a rule, starting from its newest text. */
export function ReviseRulePage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['rule-library', 'one', id],
    queryFn: ({ signal }) => api.ruleLibrary.get({ params: { id } }, signal),
  })
  return (
    <Page title={t`Sửa luật`}>
      <Asked query={query}>{(rule) => <Revision key={rule.version} rule={rule} />}</Asked>
    </Page>
  )
}

function Revision({ rule }: { rule: FullLibraryRule }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { id, version } = rule
  const revise = useRuleAct(
    ({ text, reason }: RuleEdit) =>
      api.ruleLibrary.revise({ params: { id }, body: { text, reason } }),
    (revised) => t`Đã lưu bản ${revised.version}`,
  )
  const save = (edit: RuleEdit) =>
    revise.mutate(edit, {
      onSuccess: () => {
        edit.forget()
        void navigate({ to: '/rules/library/$id', params: { id } })
      },
    })
  return (
    <>
      <PageHead
        title={t`Sửa luật: ${rule.title}`}
        about={t`Lưu thành bản ${version + 1}, lại là bản thảo. Bản đã duyệt vẫn có hiệu lực tới khi bản mới được duyệt.`}
      />
      <RuleEditor
        draft={`${id}.${version}`}
        path={rule.path}
        text={rule.versions[0]?.text ?? ''}
        act={t`Lưu bản ${version + 1}`}
        errors={errorsOf(revise.error)}
        error={revise.error}
        busy={revise.isPending}
        onSave={save}
      />
    </>
  )
}
