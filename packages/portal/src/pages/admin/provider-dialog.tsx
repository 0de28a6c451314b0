import { type Provider, ProviderDraft } from '@haidang/contracts/provider'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import {
  type Errors,
  errorsOf,
  lines,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { ProviderCheck } from './provider-check.tsx'
import { ProviderFields, useProviderNames } from './provider-fields.tsx'

interface ProviderDialogProps {
  readonly provider?: Provider
  readonly onClose: () => void
}

function draftOf(form: FormData) {
  return {
    name: text(form, 'name'),
    issuer: text(form, 'issuer').trim(),
    client_id: text(form, 'client_id'),
    client_secret: text(form, 'client_secret') || undefined,
    matching: text(form, 'matching'),
    domains: lines(form, 'domains'),
    creates: form.has('creates'),
    organisation_id: text(form, 'organisation_id') || null,
    second_factor: text(form, 'second_factor'),
    factor_values: lines(form, 'factor_values'),
    inside: form.has('inside'),
    enabled: form.has('enabled'),
  }
}

/** A new provider of single sign-on, or changes to one; its secret goes in and never comes out. */
export function ProviderDialog({ provider, onClose }: ProviderDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const names = useProviderNames()
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const done = (name: string) => {
    say(t`Đã lưu ${name}`)
    void client.invalidateQueries({ queryKey: ['providers'] })
    onClose()
  }
  const save = useMutation({
    mutationFn: (draft: ProviderDraft) => {
      const { issuer: _, ...change } = draft
      return provider
        ? api.providers.change({ params: { id: provider.id }, body: change })
        : api.providers.create({ body: draft })
    },
    onSuccess: ({ name }) => done(name),
    onError: (error) => setWrong(errorsOf(error)),
  })
  const remove = useMutation({
    mutationFn: (id: string) => api.providers.remove({ params: { id } }),
    onSuccess: ({ name }) => done(name),
  })
  const send = (form: FormData) => {
    const parsed = ProviderDraft.safeParse({
      ...draftOf(form),
      ...(provider ? { issuer: provider.issuer } : {}),
    })
    setWrong(issues(parsed))
    if (parsed.success) save.mutate(parsed.data)
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={provider ? provider.name : t`Thêm nhà cung cấp đăng nhập`}
      about={provider?.issuer}
    >
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="empty:hidden sm:col-span-2">
          <ErrorSummary errors={wrong} error={save.error ?? remove.error} names={names} />
        </div>
        <ProviderFields provider={provider} wrong={wrong} />
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit" busy={save.isPending}>{t`Lưu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
      {provider ? (
        <ProviderCheck
          provider={provider}
          removing={remove.isPending}
          onRemove={() => remove.mutate(provider.id)}
        />
      ) : null}
    </Dialog>
  )
}
