import {
  Answer,
  type Answers,
  type SeriousTest,
  suggestedGrade,
} from '@haidang/contracts/classification'
import type { Grading } from '@haidang/contracts/grade-api'
import { type Incident, IncidentGrade } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Select, Textarea } from '../../components/field.tsx'
import { noErrors, submitted } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { useAgain } from '../access/use-again.tsx'
import { useClassification, useGrading } from './classification-query.ts'

interface GradeProps {
  readonly incident: Incident
  readonly onClose: () => void
}

/** The test of a serious incident as a checklist; the platform suggests, who signs in decides. */
export function GradeDialog({ incident, onClose }: GradeProps) {
  const { t } = useLingui()
  const classification = useClassification()
  const grading = useGrading(incident.id, incident.version)
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Quyết định mức nghiêm trọng`}
      about={`${incident.number} · ${incident.title}`}
    >
      <Asked query={classification}>
        {({ rules }) => (
          <Asked query={grading}>
            {(known) => (
              <GradeForm test={rules.serious} known={known} incident={incident} onClose={onClose} />
            )}
          </Asked>
        )}
      </Asked>
    </Dialog>
  )
}

interface FormProps extends GradeProps {
  readonly test: SeriousTest
  readonly known: Grading
}

function GradeForm({ incident, onClose, test, known }: FormProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const client = useQueryClient()
  const [answers, setAnswers] = useState<Answers>(known.answers)
  const [grade, setGrade] = useState<IncidentGrade>(incident.grade)
  const [reason, setReason] = useState('')
  const decided = label('incidentGrade', grade)
  const why = t`Bạn đăng nhập đã lâu. Quyết định này đứng tên bạn nên cần mật khẩu, phòng khi người khác dùng máy của bạn.`
  const deciding = useAgain(
    (password) =>
      api.grades.decide({
        params: { id: incident.id },
        body: { grade, answers, reason, version: incident.version, password },
      }),
    () => {
      say(t`Đã ghi quyết định: ${decided}`)
      void client.invalidateQueries({ queryKey: ['incidents'] })
      onClose()
    },
    why,
  )
  return (
    <>
      <form onSubmit={submitted(deciding.run)} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={deciding.error} />
        <Criteria
          test={test}
          answers={answers}
          onAnswer={(id, answer) => setAnswers((old) => ({ ...old, [id]: answer }))}
        />
        <p className="text-13">
          <span className="text-ink-2">{t`Theo ${test.clause}:`}</span>{' '}
          <strong>{label('gradeSuggestion', suggestedGrade(test, answers))}</strong>
        </p>
        <Field
          label={t`Quyết định`}
          help={t`Gợi ý không ràng buộc; quyết định đứng tên bạn và vào nhật ký`}
        >
          <Select
            value={grade}
            onChange={(event) => setGrade(IncidentGrade.parse(event.currentTarget.value))}
          >
            {IncidentGrade.options.map((one) => (
              <option key={one} value={one}>
                {label('incidentGrade', one)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t`Lý do`}>
          <Textarea
            rows={3}
            required
            minLength={3}
            maxLength={4000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={deciding.busy}>{t`Ký quyết định`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
      {deciding.question}
    </>
  )
}

interface CriteriaProps {
  readonly test: SeriousTest
  readonly answers: Answers
  readonly onAnswer: (id: string, answer: Answer) => void
}

function Criteria({ test, answers, onAnswer }: CriteriaProps) {
  const { label, language } = useWords()
  return test.conditions.map(({ id, name, any }) => (
    <fieldset key={id} className="flex flex-col gap-1">
      <legend className="pb-1 font-semibold text-13">{name[language]}</legend>
      {any.map((criterion) => (
        <fieldset
          key={criterion.id}
          className="flex flex-wrap items-center justify-between gap-x-4 border-line border-b py-1"
        >
          <legend className="float-left max-w-[44ch] text-13">{criterion.name[language]}</legend>
          <span className="flex gap-3">
            {Answer.options.map((answer) => (
              <label key={answer} className="inline-flex min-h-6 items-center gap-1 text-13">
                <input
                  type="radio"
                  name={`answer-${criterion.id}`}
                  checked={(answers[criterion.id] ?? 'unknown') === answer}
                  onChange={() => onAnswer(criterion.id, answer)}
                />
                {label('answer', answer)}
              </label>
            ))}
          </span>
        </fieldset>
      ))}
    </fieldset>
  ))
}
