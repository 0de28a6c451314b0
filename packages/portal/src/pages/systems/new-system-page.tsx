import { SystemDraft } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { type Errors, errorsOf, noErrors, submitted, useIssues } from '../../components/form.ts'
import { gutter, Page, PageHead } from '../../components/page.tsx'
import { draftIn, SystemFields } from './system-form.tsx'

export function NewSystemPage() {
  const { t } = useLingui()
  const refusal = useRefusal()
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
      <form
        noValidate
        onSubmit={submitted(send)}
        className={`flex max-w-3xl flex-col gap-4 pb-16 ${gutter}`}
      >
        <ErrorSummary
          errors={wrong}
          error={create.error}
          names={{ name: t`Tên hệ thống`, code: t`Mã` }}
        />
        <SystemFields wrong={wrong} />
        <Acts className="border-t">
          <Button
            look="primary"
            type="submit"
            busy={create.isPending}
            refusal={refusal('system.manage')}
          >{t`Thêm hệ thống`}</Button>
          <Button look="quiet" onClick={() => window.history.back()}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Page>
  )
}
