import type { Organisation } from '@haidang/contracts/organisation'
import { Mandate, type OrganisationTie, TieDraft } from '@haidang/contracts/organisation-tie'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { Field, Input, Select } from '../../components/field.tsx'
import { text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { NamedOptions } from '../../components/options.tsx'
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
  const { wrong, refused, checked } = useWrong()
  const save = useMutation({
    mutationFn: (body: TieDraft) =>
      tie
        ? api.organisationTies.change({ params: { id, tie: tie.id }, body })
        : api.organisationTies.add({ params: { id }, body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
    },
    onError: refused,
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
    checked(parsed, save.mutate)
  }
  return (
    <FormDialog
      {...{ wrong, saving: save, onClose, onSend: send }}
      title={kind === 'parent' ? t`Trực thuộc` : t`Vai trò trong mạng lưới`}
    >
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
    </FormDialog>
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
        <NamedOptions of={organisations} />
      </Select>
    </Field>
  )
}
