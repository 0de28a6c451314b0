import type { Person } from '@haidang/contracts/person'
import {
  isRedacted,
  type RedactionPreview,
  redactionFates,
  staysOnRedaction,
} from '@haidang/contracts/person-redaction'
import { personalDataRegister } from '@haidang/contracts/personal-data'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useMe } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

/** Removing the personal data of a disabled account, after a look at every place it stands in. */
export function PersonRedaction({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useLingui()
  const own = useMe().person.id === person.id
  const [open, setOpen] = useState(false)
  const refusal = own
    ? t`Không tự xóa dữ liệu của mình được, hãy nhờ người khác`
    : person.disabled
      ? undefined
      : t`Chỉ xóa được dữ liệu của tài khoản đã khóa`
  return (
    <section className="mt-6 flex flex-col gap-3 border-t pt-4">
      <h3 className="font-semibold text-13">{t`Dữ liệu cá nhân`}</h3>
      {isRedacted(person) ? (
        <p className="text-13 text-ink-2">{t`Dữ liệu cá nhân của tài khoản này đã bị xóa.`}</p>
      ) : (
        <Button
          look="danger"
          className="self-start"
          refusal={refusal}
          onClick={() => setOpen(true)}
        >
          {t`Xóa dữ liệu cá nhân…`}
        </Button>
      )}
      {open ? (
        <RedactionDialog person={person} onDone={onDone} onClose={() => setOpen(false)} />
      ) : null}
    </section>
  )
}

interface DialogProps {
  readonly person: Person
  readonly onDone: () => void
  readonly onClose: () => void
}

function RedactionDialog({ person: { id, name }, onDone, onClose }: DialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [missing, setMissing] = useState(false)
  const params = { id }
  const preview = useQuery({
    queryKey: ['people', 'redaction', id],
    queryFn: ({ signal }) => api.personalData.redactionPreview({ params }, signal),
  })
  const redact = useMutation({
    mutationFn: (reason: string) => api.personalData.redact({ params, body: { reason } }),
    onSuccess: () => {
      say(t`Đã xóa dữ liệu cá nhân`)
      void client.invalidateQueries({ queryKey: ['people'] })
      onDone()
    },
  })
  const send = (form: FormData) => {
    const reason = text(form, 'reason').trim()
    setMissing(reason.length < 3)
    if (reason.length >= 3) redact.mutate(reason)
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Xóa dữ liệu cá nhân của ${name}`}
      about={t`Không khôi phục được; tài khoản không mở lại được nữa.`}
    >
      <Asked query={preview}>
        {(found) => (
          <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
            <ErrorSummary errors={noErrors} error={redact.error} />
            <Places found={found} />
            <Field label={t`Lý do`} error={missing ? t`Cần ít nhất ${3} ký tự` : undefined}>
              <Textarea name="reason" maxLength={1000} />
            </Field>
            <Acts>
              <Button look="danger" type="submit" busy={redact.isPending}>
                {t`Xóa vĩnh viễn`}
              </Button>
              <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
            </Acts>
          </form>
        )}
      </Asked>
    </Dialog>
  )
}

function Places({ found: { name, places, stays } }: { found: RedactionPreview }) {
  const { t } = useLingui()
  const { language, number } = useWords()
  const dataOf = (entry: string) =>
    personalDataRegister.find(({ id }) => id === entry)?.data[language] ?? entry
  return (
    <>
      <p className="text-13">{t`Tên mới: ${name}`}</p>
      <ul className="divide-y divide-line border-y text-13" aria-label={t`Những gì bị xóa`}>
        {places.map(({ entry, table, columns, rows, fate }) => (
          <li key={table} className="flex flex-wrap justify-between gap-x-4 py-1.5">
            <span className="min-w-0">
              {dataOf(entry)}{' '}
              <span className="break-all font-mono text-12 text-ink-3">
                {table} ({columns.join(', ')})
              </span>
            </span>
            <span>
              {redactionFates[fate][language]}: {number(rows)}
            </span>
          </li>
        ))}
      </ul>
      <h4 className="font-semibold text-13">{t`Những gì ở lại, và vì sao`}</h4>
      <ul className="divide-y divide-line border-y text-13">
        {stays.map(({ entry, rows }) => (
          <li key={entry} className="py-1.5">
            {dataOf(entry)}
            {rows === null ? '' : ` (${number(rows)})`}:{' '}
            <span className="text-ink-2">{staysOnRedaction[entry]?.[language]}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
