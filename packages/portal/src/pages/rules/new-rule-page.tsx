import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { errorsOf, noErrors } from '../../components/form.ts'
import { Page, PageHead } from '../../components/page.tsx'
import { say } from '../../components/toast.tsx'
import { newUuid } from '../../format/random-id.ts'
import { pathOf, startingText } from './new-rule.ts'
import { type RuleEdit, RuleEditor } from './rule-editor.tsx'

/** A rule written here: text, lint as one types, a trial on pasted records; kept as a draft. */
export function NewRulePage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [text] = useState(() => startingText(newUuid()))
  const [refused, setRefused] = useState('')
  const save = useMutation({
    mutationFn: ({ text: written, reason }: RuleEdit) =>
      api.ruleLibrary.import({
        body: { documents: [{ path: pathOf(written), text: written }], reason },
      }),
    onSuccess: ({ rules, problems }, { forget }) => {
      const [id] = rules
      if (!id) {
        setRefused(
          problems.find(({ level }) => level === 'error')?.cause ?? t`Luật đã có, không đổi`,
        )
        return
      }
      forget()
      say(t`Đã lưu bản thảo`)
      void client.invalidateQueries({ queryKey: ['rule-library'] })
      void navigate({ to: '/rules/library/$id', params: { id } })
    },
  })
  return (
    <Page title={t`Viết luật`}>
      <PageHead
        title={t`Viết luật`}
        about={t`Luật Sigma. Lưu thành bản thảo; người khác duyệt rồi mới phát hành.`}
      />
      <RuleEditor
        draft="new"
        path="new.yml"
        text={text}
        act={t`Lưu bản thảo`}
        errors={refused ? { text: refused } : (errorsOf(save.error) ?? noErrors)}
        error={save.error}
        busy={save.isPending}
        onSave={(edit) => {
          setRefused('')
          save.mutate(edit)
        }}
      />
    </Page>
  )
}
