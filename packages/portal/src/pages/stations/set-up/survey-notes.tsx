import { formatNames } from '@haidang/contracts/record-format'
import type { NearestFormat, RecordSurvey, RejectHint } from '@haidang/contracts/record-survey'
import type { SourceDraft } from '@haidang/contracts/source'
import type { SourceSamples } from '@haidang/contracts/source-samples'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../../api/api.ts'
import { useDescribe } from '../../../api/describe.ts'
import { Button } from '../../../components/button.tsx'
import { complain } from '../../../components/toast.tsx'
import { useWords } from '../../../language/use-words.ts'

type Change = Pick<SourceDraft, 'format'> | Pick<SourceDraft, 'zone'> | Pick<SourceDraft, 'reading'>

/** Puts a suggestion into the source; what comes is read by it from then on, the samples at once. */
function useChange(id: string) {
  const client = useQueryClient()
  const describe = useDescribe()
  return useMutation({
    mutationFn: (body: Change) => api.sources.update({ params: { id }, body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['sources'] })
      return client.invalidateQueries({ queryKey: ['source-samples', id] })
    },
    onError: (error) => complain(describe(error).title),
  })
}

/** What is not right with the records yet: their clock, their format, those refused or come twice. */
export function SurveyNotes({ samples }: { samples: SourceSamples }) {
  const { survey, repeats } = samples
  return (
    <div className="flex flex-col gap-2 empty:hidden">
      <ClockNote samples={samples} />
      <FormatNote samples={samples} />
      <EncodingNote samples={samples} />
      {survey.reasons.map((reason) => (
        <RejectNote key={reason.reason} reason={reason} />
      ))}
      <UnknownNote survey={survey} />
      <RepeatNote repeats={repeats} />
    </div>
  )
}

function Note({ children, act }: { children: ReactNode; act?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-control bg-medium-soft px-3 py-2 text-13">
      <div className="min-w-0 flex-1 basis-60 break-words">{children}</div>
      {act}
    </div>
  )
}

function ClockNote({ samples }: { samples: SourceSamples }) {
  const { t } = useLingui()
  const { duration } = useWords()
  const change = useChange(samples.source.id)
  const { verdict, median_seconds, zone } = samples.survey.clock
  const seconds = median_seconds ?? 0
  const size = duration(Math.abs(seconds))
  if (verdict === 'good') return null
  if (verdict === 'none') {
    return <Note>{t`Bản ghi không ghi thời gian; trạm lấy lúc nhận.`}</Note>
  }
  if (verdict === 'old') {
    return <Note>{t`Bản ghi cũ, viết từ trước lúc nhận khoảng ${size}.`}</Note>
  }
  const said =
    seconds > 0
      ? t`Đồng hồ bên gửi chậm ${size} so với trạm.`
      : t`Đồng hồ bên gửi nhanh ${size} so với trạm.`
  if (verdict === 'off' || zone === null) {
    return <Note>{`${said} ${t`Đặt giờ bên gửi bằng NTP.`}`}</Note>
  }
  return (
    <Note
      act={
        <Button busy={change.isPending} onClick={() => change.mutate({ zone })}>
          {t`Dùng múi giờ ${zone}`}
        </Button>
      }
    >
      {`${said} ${t`Thời gian ghi không kèm múi giờ: hẳn là múi giờ khác.`}`}
    </Note>
  )
}

function FormatNote({ samples }: { samples: SourceSamples }) {
  const { t } = useLingui()
  const change = useChange(samples.source.id)
  const format = samples.survey.better_format
  if (format === null) return null
  const name = format === 'auto' ? t`Tự nhận biết` : formatNames[format]
  return (
    <Note
      act={
        <Button busy={change.isPending} onClick={() => change.mutate({ format })}>
          {t`Dùng định dạng ${name}`}
        </Button>
      }
    >
      {t`Định dạng ${name} đọc các bản ghi này tốt hơn.`}
    </Note>
  )
}

function EncodingNote({ samples }: { samples: SourceSamples }) {
  const { t } = useLingui()
  const change = useChange(samples.source.id)
  const [first] = samples.survey.encodings
  if (!first) return null
  const { encoding } = first
  const reading = { ...samples.source.reading, encoding }
  return (
    <Note
      act={
        <Button busy={change.isPending} onClick={() => change.mutate({ reading })}>
          {t`Dùng bảng mã ${encoding}`}
        </Button>
      }
    >
      {t`Có bản ghi không phải UTF-8, trông như ${encoding}. Mọi byte đều được giữ.`}
    </Note>
  )
}

function RejectNote({ reason }: { reason: RecordSurvey['reasons'][number] }) {
  const { t } = useLingui()
  const { number } = useWords()
  const hints: Record<RejectHint, string> = {
    binary: t`Không phải chữ: có thể bên gửi dùng TLS ở cổng thường, nén dữ liệu, hay giao thức khác.`,
    truncated: t`Bản ghi bị cắt: nâng độ dài tối đa ở bên gửi, hoặc gửi bằng TCP.`,
    'too-long': t`Dài quá 1 MB: chia nhỏ ở bên gửi.`,
    empty: t`Bản ghi trống; ít thì không cần làm gì.`,
    format: t`Có thể là định dạng khác.`,
  }
  return (
    <Note>
      <p>
        {t`${number(reason.records)} bản ghi không đọc được:`} <code>{reason.reason}</code>{' '}
        {reason.detail}
      </p>
      {reason.hint ? <p>{hints[reason.hint]}</p> : null}
      <Nearest nearest={reason.nearest} />
      <p className="break-all font-mono text-12 text-ink-2">{reason.excerpt.slice(0, 160)}</p>
    </Note>
  )
}

function UnknownNote({ survey }: { survey: RecordSurvey }) {
  const { t } = useLingui()
  const { number } = useWords()
  const first = survey.unknown.find(({ nearest }) => nearest !== null)
  if (!first?.nearest) return null
  return (
    <Note>
      <p>{t`Có bản ghi chỉ đọc được như chữ thường.`}</p>
      <p>
        {survey.suggestions
          .map(({ format, records }) => `${format}: ${number(records)}`)
          .join(' · ')}
      </p>
      <Nearest nearest={first.nearest} />
    </Note>
  )
}

function Nearest({ nearest }: { nearest: NearestFormat | null }) {
  const { t } = useLingui()
  if (!nearest || nearest.format === 'auto') return null
  return (
    <p>
      {t`Gần nhất với ${formatNames[nearest.format]}, nhưng thiếu:`}{' '}
      <code className="break-words">{nearest.missing.join('  ')}</code>
    </p>
  )
}

function RepeatNote({ repeats }: { repeats: SourceSamples['repeats'] }) {
  const { t } = useLingui()
  const { number } = useWords()
  return repeats.map(({ source_id, source_name, records }) => (
    <Note key={source_id}>
      {t`${number(records)} bản ghi này cũng vừa tới qua nguồn ${source_name}: có thể bên gửi gửi bằng hai đường. Không bản nào bị xóa.`}
    </Note>
  ))
}
