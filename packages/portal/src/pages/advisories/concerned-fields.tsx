import type { ChosenAddressee } from '@haidang/contracts/order-addressing-api'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { errorsOf, noErrors } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'
import { findRecipients } from './find-recipients.ts'

interface ConcernedFieldsProps {
  readonly onFound: (items: readonly ChosenAddressee[]) => void
}

/** Adds whoever runs a software, and whoever had an address when something was seen of it. */
export function ConcernedFields({ onFound }: ConcernedFieldsProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [name, setName] = useState('')
  const [versions, setVersions] = useState('')
  const [seen, setSeen] = useState('')
  const lines = seen.split('\n')
  const bySoftware = name.trim() !== ''
  const find = useMutation({
    mutationFn: () =>
      findRecipients({
        software: bySoftware ? [{ name, versions }] : [],
        sightings: lines.some((line) => line.trim() !== '') ? lines : [],
      }),
    onSuccess: ({ items }) => onFound(items),
  })
  const isEmpty = !bySoftware && seen.trim() === ''
  return (
    <fieldset className="grid gap-3 py-3 sm:grid-cols-3">
      <legend className="float-left w-full pb-2 font-medium sm:col-span-3">
        {t`Thêm đơn vị bị liên quan`}
      </legend>
      <Field label={t`Chạy phần mềm`} help={t`Tên, CPE hoặc purl trong sổ đăng ký hệ thống`}>
        <Input value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </Field>
      <Field
        label={t`Các phiên bản`}
        optional={t`không bắt buộc`}
        help={t`Hệ thống chưa khai phiên bản cũng được tính`}
        error={
          errorsOf(find.error)['software.versions'] ? t`Viết < 7.2.3 hoặc >= 7, < 7.2.3` : undefined
        }
      >
        <Input
          value={versions}
          placeholder=">= 7, < 7.2.3"
          onChange={(event) => setVersions(event.currentTarget.value)}
        />
      </Field>
      <Field
        label={t`Đã thấy`}
        optional={t`không bắt buộc`}
        help={t`Mỗi dòng: địa chỉ, thời điểm, thấy gì. Mỗi đơn vị chỉ nhận dòng của địa chỉ mình có lúc đó`}
        className="sm:col-span-3"
      >
        <Textarea
          rows={3}
          value={seen}
          placeholder="192.0.2.10,2026-11-21 10:04,443/tcp"
          onChange={(event) => setSeen(event.currentTarget.value)}
          className="font-mono text-12"
        />
      </Field>
      <ErrorSummary errors={noErrors} error={find.error} />
      <div className="flex flex-wrap items-center gap-3 sm:col-span-3">
        <Button
          size="small"
          busy={find.isPending}
          refusal={
            isEmpty
              ? t`Chưa nhập phần mềm hoặc dòng nào`
              : bySoftware
                ? refusal('system.read')
                : undefined
          }
          onClick={() => find.mutate()}
        >
          {t`Thêm đơn vị tìm thấy`}
        </Button>
        {find.data ? <Outcome found={find.data} lines={lines} /> : null}
      </div>
    </fieldset>
  )
}

interface OutcomeProps {
  readonly found: Awaited<ReturnType<typeof findRecipients>>
  readonly lines: readonly string[]
}

const mostShown = 5

/** How many were found, who of them cannot be reached at night, and what led to nobody. */
function Outcome({ found: { items, unowned, unread }, lines }: OutcomeProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const causes = {
    address: t`không phải địa chỉ`,
    time: t`không đọc được thời điểm, hãy viết 2026-11-21 10:04 hoặc để trống`,
  }
  const without = items.filter(({ has_duty }) => !has_duty)
  const names = without.slice(0, mostShown).map(({ organisation_name }) => organisation_name)
  const wrong = unread
    .slice(0, mostShown)
    .map(({ line, cause }) => `${line} (${causes[cause]}: ${lines[line - 1]?.slice(0, 60) ?? ''})`)
  return (
    <div role="status" className="flex flex-col gap-1 text-13 text-ink-2">
      <p>{t`Đã thêm ${number(items.length)} đơn vị.`}</p>
      {without.length > 0 ? (
        <p>{t`${number(without.length)} đơn vị chưa có đầu mối trực: ${names.join(', ')}.`}</p>
      ) : null}
      {unowned.length > 0 ? (
        <p className="break-all">
          {t`${number(unowned.length)} mục không rõ chủ sở hữu: ${unowned.slice(0, mostShown).join('; ')}.`}
        </p>
      ) : null}
      {unread.length > 0 ? (
        <p className="break-all text-medium">
          {t`${number(unread.length)} dòng không đọc được: ${wrong.join('; ')}.`}
        </p>
      ) : null}
    </div>
  )
}
