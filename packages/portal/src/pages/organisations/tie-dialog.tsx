import type { Organisation } from '@haidang/contracts/organisation'
import { Mandate, type OrganisationTie, TieDraft } from '@haidang/contracts/organisation-tie'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'

interface TieDialogProps {
  readonly kind: OrganisationTie['kind']
  readonly organisation: Pick<Organisation, 'id'>
  /** Given: its days and basis are changed. */
  readonly tie?: OrganisationTie
  readonly onClose: () => void
}

export function TieDialog({ kind, organisation: { id }, tie, onClose }: TieDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const save = useMutation({
    mutationFn: (body: TieDraft) =>
      tie
        ? api.organisationTies.change({ params: { id, tie: tie.id }, body })
        : api.organisationTies.add({ params: { id }, body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const parsed = TieDraft.safeParse({
      kind,
      parent_id: tie?.parent_id ?? text(form, 'parent_id'),
      mandate: tie?.mandate ?? text(form, 'mandate'),
      valid_from: text(form, 'valid_from') || null,
      valid_to: text(form, 'valid_to') || null,
      basis: text(form, 'basis'),
    })
    setWrong(issues(parsed))
    if (parsed.success) save.mutate(parsed.data)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={kind === 'parent' ? t`Trực thuộc` : t`Vai trò trong mạng lưới`}
    >
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary errors={wrong} error={save.error} />
        </div>
        {tie ? null : <What kind={kind} own={id} />}
        <Field label={t`Từ ngày`} help={t`Trống là từ trước tới nay`}>
          <Input name="valid_from" type="date" defaultValue={tie?.valid_from ?? ''} />
        </Field>
        <Field label={t`Đến hết ngày`} help={t`Trống là còn hiệu lực`} error={wrong['valid_to']}>
          <Input name="valid_to" type="date" defaultValue={tie?.valid_to ?? ''} />
        </Field>
        <Field label={t`Căn cứ`} className="sm:col-span-2" error={wrong['basis']}>
          <Input name="basis" defaultValue={tie?.basis} />
        </Field>
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit" busy={save.isPending}>{t`Lưu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

function What({ kind, own }: { kind: OrganisationTie['kind']; own: string }) {
  const { t } = useLingui()
  const { label } = useWords()
  const organisations = useOrganisations().filter(({ id }) => id !== own)
  if (kind === 'mandate') {
    return (
      <Field label={t`Vai trò`} className="sm:col-span-2">
        <Select name="mandate">
          {Mandate.options.map((mandate) => (
            <option key={mandate} value={mandate}>
              {label('mandate', mandate)}
            </option>
          ))}
        </Select>
      </Field>
    )
  }
  return (
    <Field label={t`Tổ chức cấp trên`} className="sm:col-span-2">
      <Select name="parent_id">
        {organisations.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  )
}
