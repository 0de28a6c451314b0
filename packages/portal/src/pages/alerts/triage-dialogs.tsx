import type { CloseReason, TriageAct } from '@haidang/contracts/cluster'
import { labels } from '@haidang/contracts/labels'
import { Severity } from '@haidang/contracts/severity'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { api } from '../../api/api.ts'
import { useMay, useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { submitted, text } from '../../components/form.ts'
import { Keys } from '../../components/keys.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { dateTime, secondsFromNow, tomorrowMorning } from '../../format/instant.ts'
import { byName } from '../../format/number.ts'
import { useWords } from '../../language/use-words.ts'

export type Asked = 'assign' | 'severity' | 'snooze' | 'close'

interface TriageDialogProps {
  readonly asked: Asked
  readonly count: number
  readonly onAct: (act: TriageAct) => void
  readonly onClose: () => void
}

/** The question a triage act still has to ask: to whom, how bad, until when, why. */
export function TriageDialog(props: TriageDialogProps) {
  if (props.asked === 'close') return <CloseDialog {...props} />
  if (props.asked === 'snooze') return <SnoozeDialog {...props} />
  return props.asked === 'severity' ? <SeverityDialog {...props} /> : <AssignDialog {...props} />
}

interface Choice {
  readonly key: string
  readonly name: ReactNode
  readonly act: () => void
}

/** Choices with a digit each, so that the hand stays on the keyboard. */
function Choices({ choices }: { choices: readonly Choice[] }) {
  const onKey = (event: KeyboardEvent) => {
    const choice = choices[Number(event.key) - 1]
    if (choice && !event.nativeEvent.isComposing) choice.act()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: digits are a second way to the buttons inside
    <div onKeyDown={onKey} className="flex flex-col divide-y divide-line border-y">
      {choices.map((choice, index) => (
        <button
          key={choice.key}
          type="button"
          onClick={choice.act}
          data-first={index === 0 ? '' : undefined}
          className="flex h-10 items-center gap-3 px-2 text-left hover:bg-hover"
        >
          <Keys keys={String(index + 1)} />
          <span className="flex-1">{choice.name}</span>
        </button>
      ))}
    </div>
  )
}

function SeverityDialog({ count, onAct, onClose }: TriageDialogProps) {
  const { t } = useLingui()
  const choices = Severity.options.toReversed().map((severity) => ({
    key: severity,
    name: <SeverityMark severity={severity} word />,
    act: () => onAct({ act: 'severity', severity }),
  }))
  return (
    <Dialog open onClose={onClose} title={t`Đổi mức độ ${count} cụm`}>
      <Choices choices={choices} />
    </Dialog>
  )
}

function SnoozeDialog({ count, onAct, onClose }: TriageDialogProps) {
  const { t } = useLingui()
  const [options] = useState(() => [
    { name: t`1 giờ`, until: secondsFromNow(3600) },
    { name: t`4 giờ`, until: secondsFromNow(14_400) },
    { name: t`Tới 8 giờ sáng mai`, until: tomorrowMorning() },
    { name: t`7 ngày`, until: secondsFromNow(604_800) },
  ])
  const choices = options.map(({ name, until }) => ({
    key: name,
    name: (
      <span className="flex justify-between gap-4">
        {name} <span className="text-ink-3">{dateTime(until)}</span>
      </span>
    ),
    act: () => onAct({ act: 'snooze', until }),
  }))
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Tạm ẩn ${count} cụm`}
      about={t`Cảnh báo mới của cụm vẫn được ghi. Hết hạn, cụm trở lại danh sách.`}
    >
      <Choices choices={choices} />
    </Dialog>
  )
}

function AssignDialog({ count, onAct, onClose }: TriageDialogProps) {
  const { t } = useLingui()
  const me = useMe()
  const may = useMay()
  const people = useQuery({
    queryKey: ['people', 'all'],
    queryFn: ({ signal }) => api.people.list({ query: { limit: 200 } }, signal),
    enabled: may('person.read'),
  })
  const others = (people.data?.items ?? [])
    .filter(({ id, disabled }) => id !== me.person.id && !disabled)
    .sort((a, b) => byName(a.name, b.name))
  const choices = [
    { id: me.person.id, name: t`${me.person.name} (tôi)` },
    ...others,
    { id: null, name: t`Không ai` },
  ].map(({ id, name }) => ({
    key: id ?? 'nobody',
    name,
    act: () => onAct({ act: 'assign', person_id: id }),
  }))
  return (
    <Dialog open onClose={onClose} title={t`Giao ${count} cụm cho`}>
      <Choices choices={choices} />
    </Dialog>
  )
}

const reasons = Object.keys(labels.closeReason) as CloseReason[]

function CloseDialog({ count, onAct, onClose }: TriageDialogProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const [reason, setReason] = useState<CloseReason>('false_positive')
  const close = (form: FormData) => onAct({ act: 'close', reason, note: text(form, 'note') })
  const pick = (event: KeyboardEvent) => {
    const picked = reasons[Number(event.key) - 1]
    if (picked && !(event.target instanceof HTMLTextAreaElement)) setReason(picked)
  }
  return (
    <Dialog open onClose={onClose} title={t`Đóng ${count} cụm cảnh báo`}>
      <form onSubmit={submitted(close)} onKeyDown={pick}>
        <fieldset className="flex flex-col divide-y divide-line border-y">
          <legend className="sr-only">{t`Lý do đóng`}</legend>
          {reasons.map((name, index) => (
            <label
              key={name}
              className="flex h-10 cursor-pointer items-center gap-3 px-2 hover:bg-hover"
            >
              <input
                type="radio"
                name="reason"
                className="size-4 accent-accent"
                checked={reason === name}
                onChange={() => setReason(name)}
              />
              <span className="flex-1">{label('closeReason', name)}</span>
              <Keys keys={String(index + 1)} />
            </label>
          ))}
        </fieldset>
        <Field label={t`Ghi chú`} optional={t`không bắt buộc`} className="pt-4">
          <Textarea
            name="note"
            maxLength={2000}
            rows={2}
            placeholder={t`Để người sau biết vì sao`}
          />
        </Field>
        <Acts>
          <Button look="primary" type="submit" keys="Enter">
            {t`Đóng ${count} cụm`}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t`Thôi`}
          </Button>
        </Acts>
      </form>
    </Dialog>
  )
}
