import type {
  Advisory,
  AdvisoryAddressee,
  AssessedSystem,
  Assessment,
} from '@haidang/contracts/advisory'
import { labels } from '@haidang/contracts/labels'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { type Errors, noErrors, submitted, text } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { answerTone } from './answer-tone.ts'
import { SystemAnswers, systemsIn } from './system-answers.tsx'

interface Said {
  readonly assessment: Assessment | null
  readonly note: string
  readonly systems: AssessedSystem[]
}

function useAnswer({ id, version }: Advisory, onDone?: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (said: Said) =>
      api.advisories.answer({ params: { id }, body: { ...said, version } }),
    onSuccess: (advisory) => {
      client.setQueryData(['advisories', 'one', advisory.id], advisory)
      void client.invalidateQueries({ queryKey: ['advisories', 'list'] })
      onDone?.()
    },
  })
}

interface OwnAnswerProps {
  readonly advisory: Advisory
  readonly own: AdvisoryAddressee
}

/** What only the reader's organisation is told, what it answered, and its answer in one step. */
export function OwnAnswer({ advisory, own }: OwnAnswerProps) {
  const { t } = useLingui()
  const refusal = useRefusal()('advisory.answer')
  const isHere = !own.over_link || advisory.remote
  useReadOnce(advisory, own, isHere && refusal === undefined)
  return (
    <Section title={t`Trả lời của đơn vị`}>
      {own.details.length > 0 ? (
        <>
          <h3 className="pt-2 font-medium text-13">{t`Ghi nhận tại đơn vị`}</h3>
          <pre className="max-h-72 overflow-auto whitespace-pre-wrap break-all rounded-control bg-sunken px-3 py-2 font-mono text-12">
            {own.details.join('\n')}
          </pre>
        </>
      ) : null}
      <Given own={own} />
      {isHere ? null : (
        <p className="py-2 text-13 text-ink-2">
          {t`Đơn vị có nút riêng: đọc và trả lời ở nút đó.`}
        </p>
      )}
      {isHere && advisory.state === 'published' ? (
        <AnswerForm key={own.version} advisory={advisory} own={own} refusal={refusal} />
      ) : null}
    </Section>
  )
}

/** What the organisation answered last, and what the issuer made of it. */
function Given({ own }: { own: AdvisoryAddressee }) {
  const { label } = useWords()
  if (!own.assessment) return null
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 py-2 text-13">
      <Pill tone={answerTone(own)}>
        {own.step === 'returned' || own.step === 'verified'
          ? label('advisoryStep', own.step)
          : label('assessment', own.assessment)}
      </Pill>
      {own.assessed_at ? (
        <Time at={own.remediated_at ?? own.assessed_at} as="absolute" className="text-ink-3" />
      ) : null}
      <span className="whitespace-pre-wrap">{own.note}</span>
    </p>
  )
}

function AnswerForm({ advisory, own, refusal }: OwnAnswerProps & { refusal: string | undefined }) {
  const { t } = useLingui()
  const { label } = useWords()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const [bySystem, setBySystem] = useState(own.systems.length > 0)
  const answer = useAnswer(advisory, () => say(t`Đã ghi trả lời của đơn vị`))
  const send = (form: FormData) => {
    const systems = systemsIn(form)
    const assessment = bySystem ? null : (text(form, 'assessment') as Assessment | '')
    const note = text(form, 'note').trim()
    const needsHelp =
      assessment === 'need_help' || systems.some((one) => one.assessment === 'need_help')
    const found: Errors = {
      ...(assessment === '' ? { assessment: t`Chưa chọn` } : {}),
      ...(needsHelp && note.length < 3 ? { note: t`Nêu cần hỗ trợ gì` } : {}),
    }
    setWrong(found)
    if (Object.keys(found).length === 0) {
      answer.mutate({ assessment: assessment || null, note, systems })
    }
  }
  return (
    <form noValidate onSubmit={submitted(send)} className="flex max-w-2xl flex-col gap-3 py-2">
      <ErrorSummary
        errors={wrong}
        error={answer.error}
        names={{ assessment: t`Đơn vị có bị ảnh hưởng không`, note: t`Diễn giải` }}
      />
      <fieldset>
        <legend className="pb-1 font-medium text-13">{t`Đơn vị có bị ảnh hưởng không`}</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {Object.keys(labels.assessment).map((one) => (
            <label key={one} className="inline-flex min-h-8 cursor-pointer items-center gap-2">
              <input
                type="radio"
                name="assessment"
                value={one}
                defaultChecked={own.assessment === one}
                disabled={bySystem}
              />
              {label('assessment', one)}
            </label>
          ))}
        </div>
        {bySystem ? (
          <p className="text-12 text-ink-3">{t`Lấy mức nặng nhất của các hệ thống bên dưới.`}</p>
        ) : null}
      </fieldset>
      <SystemAnswers own={own} onChange={setBySystem} />
      <Field
        label={t`Diễn giải`}
        optional={t`không bắt buộc`}
        help={t`Đã làm gì, còn gì, cần hỗ trợ gì`}
        error={wrong['note']}
      >
        <Textarea name="note" rows={2} maxLength={4000} defaultValue={own.note} />
      </Field>
      <Acts className="pt-1">
        <Button look="primary" type="submit" busy={answer.isPending} refusal={refusal}>
          {t`Gửi trả lời`}
        </Button>
      </Acts>
    </form>
  )
}

/** Opening the page is reading it; the ladder says so, once. */
function useReadOnce(advisory: Advisory, own: AdvisoryAddressee, allowed: boolean): void {
  const sent = useRef(0)
  const { mutate } = useAnswer(advisory)
  const unread = own.read_at === null && advisory.state === 'published'
  const { version } = advisory
  useEffect(() => {
    if (!unread || !allowed || sent.current === version) return
    sent.current = version
    mutate({ assessment: null, note: '', systems: [] })
  }, [unread, allowed, version, mutate])
}
