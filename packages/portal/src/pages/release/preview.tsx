import { ReleaseDecision, type ReleasePolicy } from '@haidang/contracts/release'
import type { ReleasePreview, ReleaseSample } from '@haidang/contracts/release-api'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Scrolled } from '../../components/scrolled.tsx'
import { Time } from '../../components/time.tsx'
import { secondsFromNow } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { leafLines } from './leaf-lines.ts'
import { Decision } from './policy-words.tsx'

const dayLong = 86_400

/** What this policy would have let out in the last day. */
export function Preview({ policy }: { policy: ReleasePolicy }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const preview = useMutation({
    mutationFn: () =>
      api.release.preview({
        body: { policy, from: secondsFromNow(-dayLong), to: secondsFromNow(60) },
      }),
  })
  return (
    <Section
      title={t`Thử trên 24 giờ qua`}
      acts={
        <Button
          size="small"
          refusal={refusal('event.read')}
          busy={preview.isPending}
          onClick={() => preview.mutate()}
        >{t`Xem trước`}</Button>
      }
    >
      <ErrorSummary errors={noErrors} error={preview.error} />
      {preview.data ? (
        <Result preview={preview.data} />
      ) : (
        <p className="py-2 text-ink-3">
          {t`Cho thấy bản nháp sẽ để những gì rời nút, so với chính sách đang có hiệu lực. Không có gì được gửi.`}
        </p>
      )}
    </Section>
  )
}

function Result({ preview }: { preview: ReleasePreview }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  return (
    <div className="flex flex-col gap-4 pt-2">
      <Scrolled label={t`Số bản ghi theo cách xử lý`}>
        <table className="w-full text-13 [&_td]:whitespace-nowrap">
          <thead className="text-12 text-ink-3">
            <tr className="border-b">
              <th className="py-1.5 text-left font-medium">{t`Luồng`}</th>
              <th className="py-1.5 pl-3 text-right font-medium">{t`Tất cả`}</th>
              {ReleaseDecision.options.map((decision) => (
                <th key={decision} className="py-1.5 pl-3 text-right font-medium">
                  {label('releaseDecision', decision)}
                </th>
              ))}
              <th className="py-1.5 pl-3 text-right font-medium">{t`Khác bản hiện nay`}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {preview.streams.map(({ stream, total, in_force, tried, changed }) => (
              <tr key={stream}>
                <th scope="row" className="py-1.5 text-left font-medium">
                  {label('releaseStream', stream)}
                </th>
                <td className="py-1.5 pl-3 text-right">{number(total)}</td>
                {ReleaseDecision.options.map((decision) => (
                  <td key={decision} className="py-1.5 pl-3 text-right">
                    {number(tried[decision])}
                    {tried[decision] === in_force[decision] ? null : (
                      <span className="block text-12 text-ink-3">
                        {t`nay ${number(in_force[decision])}`}
                      </span>
                    )}
                  </td>
                ))}
                <td className="py-1.5 pl-3 text-right">{number(changed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
      {preview.samples.length === 0 ? (
        <p className="text-ink-3">{t`24 giờ qua không có bản ghi nào của nút này.`}</p>
      ) : (
        <ul className="divide-y divide-line border-line border-t">
          {preview.samples.map((sample) => (
            <Sample key={sample.id} sample={sample} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Sample({ sample }: { sample: ReleaseSample }) {
  const { t } = useLingui()
  const { label } = useWords()
  const [open, setOpen] = useState(false)
  const known = ['secret', 'exception', 'no-rule'].includes(sample.by)
  return (
    <li className="py-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full flex-wrap items-center gap-x-2 gap-y-1 text-left"
      >
        <Decision decision={sample.tried} />
        <Pill>{label('releaseStream', sample.stream)}</Pill>
        <span className="min-w-0 flex-1 basis-40 truncate font-medium">{sample.title}</span>
        <span className="text-12 text-ink-3">
          {sample.source} · <Time at={sample.time} as="absolute" />
        </span>
      </button>
      <p className="text-12 text-ink-2">
        {known ? label('releaseBy', sample.by) : t`Luật: ${sample.by}`}
        {sample.in_force === sample.tried ? null : (
          <> · {t`nay: ${label('releaseDecision', sample.in_force)}`}</>
        )}
      </p>
      {open ? <Leaves sample={sample} /> : null}
    </li>
  )
}

function Leaves({ sample }: { sample: ReleaseSample }) {
  const { t } = useLingui()
  return (
    <Scrolled label={t`Từng trường, trước và sau`} className="max-h-96 overflow-auto">
      <dl className="font-mono text-12">
        {leafLines(sample.before, sample.after).map(({ path, before, after }) => (
          <div
            key={path}
            className="grid gap-x-3 border-line border-b py-1 sm:grid-cols-[200px_1fr]"
          >
            <dt className="break-all text-ink-3">{path}</dt>
            <dd className="wrap-anywhere min-w-0">
              {before === after ? (
                before
              ) : (
                <>
                  <del className="text-critical">{before}</del>{' '}
                  <ins className="text-good no-underline">{after ?? t`không rời nút`}</ins>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Scrolled>
  )
}
