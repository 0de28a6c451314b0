import { labels } from '@haidang/contracts/labels'
import {
  type Organisation,
  OrganisationDraft,
  type OrganisationKind,
} from '@haidang/contracts/organisation'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input, Select } from '../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../components/form.ts'
import { List } from '../../components/list.tsx'
import { Pill, SimulatedRow } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

const idOf = (organisation: Organisation) => organisation.id

export function OrganisationsTab() {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useRefusal()
  const [edited, setEdited] = useState<Organisation | null>(null)
  const pages = usePages({
    queryKey: ['organisations', 'list'],
    read: (cursor, signal) => api.organisations.list({ query: { limit: 200, cursor } }, signal),
  })
  const columns = useMemo<readonly Column<Organisation>[]>(
    () => [
      {
        id: 'name',
        header: t`Tổ chức`,
        width: 'minmax(200px,3fr)',
        fixed: true,
        cell: (organisation) => <Name organisation={organisation} />,
      },
      {
        id: 'code',
        header: t`Mã định danh`,
        width: '140px',
        cell: ({ code }) => <code className="text-12">{code}</code>,
      },
      {
        id: 'kind',
        header: t`Loại`,
        width: 'minmax(140px,1.5fr)',
        from: 680,
        cell: ({ kind }) => <span className="text-ink-2">{label('organisationKind', kind)}</span>,
      },
      {
        id: 'contact',
        header: t`Đầu mối trực`,
        width: 'minmax(140px,2fr)',
        from: 820,
        cell: ({ contacts }) => {
          const contact = contacts.find(({ out_of_hours }) => out_of_hours) ?? contacts[0]
          return contact ? (
            `${contact.name} · ${contact.phone ?? contact.email ?? ''}`
          ) : (
            <span className="text-high">{t`chưa có`}</span>
          )
        },
      },
    ],
    [t, label],
  )
  return (
    <>
      <List
        pages={pages}
        name="organisations"
        label={t`Tổ chức`}
        idOf={idOf}
        columns={columns}
        compact={(organisation) => (
          <div className="flex flex-col gap-1">
            <Name organisation={organisation} />
            <p className="truncate text-12 text-ink-2">
              {label('organisationKind', organisation.kind)}
            </p>
          </div>
        )}
        {...(refusal('organisation.manage') ? {} : { onOpen: setEdited })}
        empty={<Empty title={t`Chưa có tổ chức nào`} act={<NewOrganisationButton />} />}
      />
      {edited ? <OrganisationDialog organisation={edited} onClose={() => setEdited(null)} /> : null}
    </>
  )
}

function Name({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="truncate font-medium">{organisation.name}</span>
      {organisation.home ? <Pill>{t`chủ nút`}</Pill> : null}
      {organisation.simulated ? <SimulatedRow /> : null}
    </span>
  )
}

export function NewOrganisationButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="primary" refusal={refusal('organisation.manage')} onClick={() => setOpen(true)}>
        <Plus aria-hidden="true" className="size-4" />
        {t`Thêm tổ chức`}
      </Button>
      {open ? <OrganisationDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function draftOf(form: FormData, kept: Organisation['contacts']) {
  const name = text(form, 'contact.name').trim()
  const email = text(form, 'contact.email').trim()
  const phone = text(form, 'contact.phone').trim()
  const contact = {
    name,
    out_of_hours: form.has('contact.out_of_hours'),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
  }
  return {
    code: text(form, 'code'),
    name: text(form, 'name'),
    kind: text(form, 'kind') as OrganisationKind,
    contacts: name ? [contact, ...kept.slice(1)] : kept.slice(1),
  }
}

function OrganisationDialog({
  organisation,
  onClose,
}: {
  organisation?: Organisation
  onClose: () => void
}) {
  const { t } = useLingui()
  const { label } = useWords()
  const client = useQueryClient()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const issues = useIssues()
  const save = useMutation({
    mutationFn: (body: OrganisationDraft) =>
      organisation
        ? api.organisations.update({ params: { id: organisation.id }, body })
        : api.organisations.create({ body }),
    onSuccess: ({ name }) => {
      say(organisation ? t`Đã sửa ${name}` : t`Đã thêm ${name}`)
      void client.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const parsed = OrganisationDraft.safeParse(draftOf(form, organisation?.contacts ?? []))
    setWrong(issues(parsed))
    if (parsed.success) save.mutate(parsed.data)
  }
  const contact = organisation?.contacts[0]
  const names = { name: t`Tên tổ chức`, code: t`Mã định danh`, 'contacts.0.email': t`Thư điện tử` }
  return (
    <Dialog open onClose={onClose} title={organisation ? t`Sửa tổ chức` : t`Thêm tổ chức`} wide>
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary errors={wrong} error={save.error} names={names} />
        </div>
        <Field label={names.name} error={wrong['name']} className="sm:col-span-2">
          <Input name="name" defaultValue={organisation?.name} autoFocus />
        </Field>
        <Field
          label={names.code}
          help={t`Chữ không dấu, số, dấu chấm, gạch nối`}
          error={wrong['code']}
        >
          <Input name="code" defaultValue={organisation?.code} className="font-mono" />
        </Field>
        <Field label={t`Loại tổ chức`}>
          <Select name="kind" defaultValue={organisation?.kind ?? 'government_office'}>
            {Object.keys(labels.organisationKind).map((kind) => (
              <option key={kind} value={kind}>
                {label('organisationKind', kind)}
              </option>
            ))}
          </Select>
        </Field>
        <p className="border-t pt-3 font-semibold sm:col-span-2">{t`Đầu mối`}</p>
        <Field label={t`Họ và tên`} error={wrong['contacts.0.name']}>
          <Input name="contact.name" defaultValue={contact?.name} />
        </Field>
        <Field label={t`Điện thoại`} error={wrong['contacts.0.phone']}>
          <Input name="contact.phone" type="tel" defaultValue={contact?.phone} />
        </Field>
        <Field label={t`Thư điện tử`} error={wrong['contacts.0.email']}>
          <Input name="contact.email" type="email" defaultValue={contact?.email} />
        </Field>
        <Check
          name="contact.out_of_hours"
          defaultChecked={contact?.out_of_hours ?? false}
          className="self-end pb-1"
        >
          {t`Trực cả ngoài giờ`}
        </Check>
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit" busy={save.isPending}>{t`Lưu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
