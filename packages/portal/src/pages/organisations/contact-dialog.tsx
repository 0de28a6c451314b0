import { ContactDraft, type ContactPoint, ContactPurpose } from '@haidang/contracts/contact-point'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import { text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { ReasonField } from './reason-field.tsx'
import { useContactRight } from './use-contact-right.ts'

interface ContactDialogProps {
  readonly organisationId: string
  readonly contact?: ContactPoint
  readonly onClose: () => void
}

export function ContactDialog({ organisationId, contact, onClose }: ContactDialogProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const { asks } = useContactRight()
  const client = useQueryClient()
  const { wrong, refused, checked } = useWrong()
  const save = useMutation({
    mutationFn: ({ body, reason }: { body: ContactDraft; reason: string }) => {
      if (asks) return askFor(organisationId, contact, body, reason)
      return contact
        ? api.contacts.change({ params: { id: organisationId, contact: contact.id }, body })
        : api.contacts.add({ params: { id: organisationId }, body })
    },
    onSuccess: () => {
      if (asks) say(t`Đã gửi đề nghị`)
      void client.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
    },
    onError: refused,
  })
  const send = (form: FormData) => {
    const names = ['purpose', 'name', 'position', 'phone', 'email', 'openpgp']
    const parsed = ContactDraft.safeParse(
      Object.fromEntries(names.map((name) => [name, text(form, name).trim()])),
    )
    checked(parsed, (body) => save.mutate({ body, reason: text(form, 'reason') }))
  }
  const names = {
    name: t`Họ và tên`,
    phone: t`Điện thoại`,
    email: t`Thư điện tử`,
    openpgp: t`Khóa công khai OpenPGP`,
  }
  return (
    <FormDialog
      {...{ names, wrong, saving: save, onClose, onSend: send }}
      title={contact ? t`Sửa đầu mối` : t`Thêm đầu mối`}
      {...(asks
        ? { about: t`Cơ quan điều phối xem rồi chấp thuận hoặc từ chối.`, act: t`Gửi đề nghị` }
        : {})}
    >
      <Field label={t`Dùng để`}>
        <Select name="purpose" defaultValue={contact?.purpose ?? 'duty'}>
          {ContactPurpose.options.map((purpose) => (
            <option key={purpose} value={purpose}>
              {label('contactPurpose', purpose)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={names.name} help={t`Người hoặc bộ phận`} error={wrong['name']}>
        <Input name="name" defaultValue={contact?.name} data-first />
      </Field>
      <Field label={t`Chức vụ`} error={wrong['position']}>
        <Input name="position" defaultValue={contact?.position} />
      </Field>
      <Field label={names.phone} error={wrong['phone']}>
        <Input name="phone" type="tel" defaultValue={contact?.phone} />
      </Field>
      <Field label={names.email} error={wrong['email']} className="sm:col-span-2">
        <Input name="email" type="email" defaultValue={contact?.email} />
      </Field>
      <Field
        label={names.openpgp}
        help={t`Dán cả khối bắt đầu bằng BEGIN PGP PUBLIC KEY BLOCK; tên trong khóa phải có thư điện tử trên`}
        error={wrong['openpgp']}
        className="sm:col-span-2"
      >
        <Textarea
          name="openpgp"
          rows={5}
          spellCheck={false}
          defaultValue={contact?.openpgp}
          className="font-mono text-12"
        />
      </Field>
      {asks ? <ReasonField wrong={wrong} className="sm:col-span-2" /> : null}
    </FormDialog>
  )
}

function askFor(
  id: string,
  contact: ContactPoint | undefined,
  draft: ContactDraft,
  reason: string,
): Promise<unknown> {
  const asked = contact
    ? ({ act: 'change', contact_id: contact.id, change: draft } as const)
    : ({ act: 'add', draft } as const)
  return api.organisationRequests.askContact({ params: { id }, body: { contact: asked, reason } })
}
