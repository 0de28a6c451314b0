import { SystemDraft } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { type Errors, errorsOf, noErrors, useIssues } from '../../components/form.ts'
import { Page, PageHead } from '../../components/page.tsx'
import { draftIn, SystemForm } from './system-form.tsx'

export function NewSystemPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const client = useQueryClient()
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const create = useMutation({
    mutationFn: (body: SystemDraft) => api.systems.create({ body }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['systems'] })
      void navigate({ to: '/systems/$id', params: { id }, search: { part: 'ranges' } })
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const parsed = SystemDraft.safeParse(draftIn(form))
    setWrong(issues(parsed))
    if (parsed.success) create.mutate(parsed.data)
  }
  return (
    <Page title={t`Thêm hệ thống`}>
      <PageHead title={t`Thêm hệ thống`} />
      <SystemForm
        wrong={wrong}
        error={create.error}
        busy={create.isPending}
        act={t`Thêm hệ thống`}
        onSend={send}
      />
    </Page>
  )
}
