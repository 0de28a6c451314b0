import { mayBeMuted, NotificationKind } from '@haidang/contracts/notification-kind'
import {
  Digest,
  NotificationPreference,
  type NotificationPreference as Wishes,
} from '@haidang/contracts/notification-preference'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input, Select } from '../../components/field.tsx'
import { submitted, text, useWrong } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { clockOf, minutesOf } from './minutes.ts'

const queryKey = ['notification-preference']
const chosen = NotificationKind.options.filter(mayBeMuted)

/** How one wants to be told by mail. */
export function MailWishes() {
  const { t } = useLingui()
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.notificationPreferences.get({}, signal),
  })
  return (
    <Section title={t`Thông báo qua thư`}>
      <Asked query={query}>{(wishes) => <WishesForm wishes={wishes} />}</Asked>
    </Section>
  )
}

function WishesForm({ wishes }: { wishes: Wishes }) {
  const { t } = useLingui()
  const { label } = useWords()
  const client = useQueryClient()
  const { wrong, refused, checked } = useWrong()
  const [digest, setDigest] = useState(wishes.digest)
  const [isQuiet, setQuiet] = useState(wishes.quiet !== null)
  const save = useMutation({
    mutationFn: (body: Wishes) => api.notificationPreferences.change({ body }),
    onSuccess: (kept) => {
      client.setQueryData(queryKey, kept)
      say(t`Đã lưu cách nhận thông báo`)
    },
    onError: refused,
  })
  const send = (form: FormData) =>
    checked(NotificationPreference.safeParse(wishesOf(form, wishes)), (body) => save.mutate(body))
  return (
    <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4 pt-3">
      <p className="text-13 text-ink-2">
        {t`Việc khẩn được gửi ngay, bất kể giờ nào. Mọi thông báo đều có trong cổng.`}
      </p>
      <ErrorSummary errors={wrong} error={save.error} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t`Gộp thư`}>
          <Select
            name="digest"
            value={digest}
            onChange={(event) => setDigest(Digest.parse(event.currentTarget.value))}
          >
            {Digest.options.map((one) => (
              <option key={one} value={one}>
                {label('digest', one)}
              </option>
            ))}
          </Select>
        </Field>
        {digest === 'daily' ? (
          <Field label={t`Gửi lúc`} error={wrong['digest_at']}>
            <Input name="digest_at" type="time" defaultValue={clockOf(wishes.digest_at)} />
          </Field>
        ) : null}
        <Check
          name="is_quiet"
          className="sm:col-span-2"
          checked={isQuiet}
          onChange={(event) => setQuiet(event.currentTarget.checked)}
        >
          {t`Không gửi thư trong giờ nghỉ`}
        </Check>
        {isQuiet ? (
          <>
            <Field label={t`Nghỉ từ`} error={wrong['quiet.from']}>
              <Input
                name="from"
                type="time"
                defaultValue={clockOf(wishes.quiet?.from ?? 22 * 60)}
              />
            </Field>
            <Field label={t`Nghỉ đến`} error={wrong['quiet.to']}>
              <Input name="to" type="time" defaultValue={clockOf(wishes.quiet?.to ?? 6 * 60)} />
            </Field>
          </>
        ) : null}
        <Check
          name="working_days_only"
          className="sm:col-span-2"
          defaultChecked={wishes.working_days_only}
        >
          {t`Chỉ gửi vào ngày làm việc, theo lịch đang áp dụng`}
        </Check>
      </div>
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-2 font-medium text-13">{t`Nhận thư về`}</legend>
        {chosen.map((kind) => (
          <Check key={kind} name={kind} defaultChecked={!wishes.muted.includes(kind)}>
            {label('notificationKind', kind)}
          </Check>
        ))}
      </fieldset>
      <Button type="submit" className="self-start" busy={save.isPending}>
        {t`Lưu cách nhận thông báo`}
      </Button>
    </form>
  )
}

/** What the form says; what it does not show stays as it was. */
function wishesOf(form: FormData, before: Wishes): unknown {
  const minutes = (name: string) => minutesOf(text(form, name))
  return {
    muted: chosen.filter((kind) => !form.has(kind)),
    digest: text(form, 'digest'),
    digest_at: form.has('digest_at') ? minutes('digest_at') : before.digest_at,
    quiet: form.has('is_quiet') ? { from: minutes('from'), to: minutes('to') } : null,
    working_days_only: form.has('working_days_only'),
  }
}
