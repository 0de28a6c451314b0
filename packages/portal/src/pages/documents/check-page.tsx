import { CheckCode, type DocumentCheck } from '@haidang/contracts/document'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { Front } from '../session/front.tsx'
import { sha256Of } from './sha256.ts'

/** Bytes of a file that is looked at. */
const largest = 64 * 1_048_576

/** For whoever holds a document, known here or not: is it ours, and is it in force? */
export function CheckPage() {
  const { t } = useLingui()
  const { code } = useParams({ strict: false })
  const check = useMutation({
    mutationFn: (by: { code: string } | { sha256: string }) =>
      api.documentCheck.check({ body: by }),
  })
  const { mutate } = check
  useEffect(() => {
    if (code) mutate({ code })
  }, [code, mutate])
  const [refused, setRefused] = useState<string>()
  const [wrongCode, setWrongCode] = useState<string>()
  const take = async (files: FileList | null) => {
    const file = files?.item(0)
    if (!file) return
    setRefused(undefined)
    setWrongCode(undefined)
    check.reset()
    if (file.size > largest)
      return setRefused(t`Tệp lớn hơn 64 MB nên không phải văn bản của hệ thống.`)
    const sha256 = await sha256Of(await file.arrayBuffer())
    if (sha256 === undefined) {
      return setRefused(
        t`Trình duyệt chỉ tính mã băm khi trang mở qua https. Hãy nhập mã kiểm tra.`,
      )
    }
    mutate({ sha256 })
  }
  const answer = check.data
  return (
    <Front wide>
      <h1 className="pb-3 text-24">{t`Kiểm tra văn bản`}</h1>
      <p className="pb-5 text-13 text-ink-2">
        {t`Nhập mã in cuối văn bản, hoặc chọn tệp PDF: tệp không rời máy này, chỉ mã băm được gửi đi. Kết quả không cho biết nội dung văn bản.`}
      </p>
      <div className="flex flex-col gap-5">
        <form
          noValidate
          className="flex flex-wrap items-end gap-2"
          onSubmit={submitted((form) => {
            setRefused(undefined)
            check.reset()
            const read = CheckCode.safeParse(text(form, 'code'))
            setWrongCode(
              read.success ? undefined : t`Mã gồm 16 chữ cái và chữ số, in ở cuối văn bản.`,
            )
            if (read.success) mutate({ code: read.data })
          })}
        >
          <Field label={t`Mã kiểm tra`} error={wrongCode} className="grow">
            <Input
              name="code"
              defaultValue={code ?? ''}
              autoComplete="off"
              spellCheck={false}
              maxLength={40}
              className="font-mono uppercase"
            />
          </Field>
          <Button look="primary" type="submit" busy={check.isPending}>
            {t`Kiểm tra`}
          </Button>
        </form>
        <Field label={t`Tệp PDF`} error={refused}>
          <Input
            type="file"
            accept="application/pdf,.pdf"
            className="h-auto border-dashed py-6"
            onChange={(event) => void take(event.currentTarget.files)}
          />
        </Field>
        <ErrorSummary errors={noErrors} error={check.error} />
        <div aria-live="polite">{answer ? <Verdict answer={answer} /> : null}</div>
      </div>
    </Front>
  )
}

function Verdict({ answer }: { answer: DocumentCheck }) {
  const { t } = useLingui()
  const says = {
    valid: t`✓ Văn bản có hiệu lực`,
    withdrawn: t`✕ Văn bản đã bị thu hồi`,
    unknown: t`? Không có văn bản này`,
  }[answer.verdict]
  const tone = { valid: 'text-good', withdrawn: 'text-critical', unknown: 'text-ink' }
  return (
    <section className="border-t pt-4">
      <h2 className={`flex flex-wrap gap-2 pb-2 text-18 ${tone[answer.verdict]}`}>
        {says} {answer.simulated ? <Pill>{t`⧉ MÔ PHỎNG`}</Pill> : null}
      </h2>
      {answer.verdict === 'unknown' ? (
        <p className="text-13 text-ink-2">
          {t`Mã gõ sai, tệp đã bị sửa dù chỉ một ký tự, hoặc văn bản không do hệ thống này ban hành. Hãy hỏi lại cơ quan ban hành qua đầu mối bạn biết.`}
        </p>
      ) : (
        <Facts>
          <Fact name={t`Số`}>
            <span className="font-mono">{answer.number}</span>
          </Fact>
          <Fact name={t`Cơ quan ban hành`}>{answer.issuer_name}</Fact>
          {answer.issued_at ? (
            <Fact name={t`Ban hành`}>
              <Time at={answer.issued_at} as="absolute" />
            </Fact>
          ) : null}
          {answer.withdrawn_at ? (
            <Fact name={t`Thu hồi`}>
              <Time at={answer.withdrawn_at} as="absolute" />
            </Fact>
          ) : null}
          <Fact name="SHA-256">
            <code className="break-all text-12">{answer.sha256}</code>
          </Fact>
        </Facts>
      )}
    </section>
  )
}
