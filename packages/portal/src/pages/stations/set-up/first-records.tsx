import type { Product } from '@haidang/contracts/product'
import type { SourceSamples } from '@haidang/contracts/source-samples'
import { useLingui } from '@lingui/react/macro'
import { RawRecord } from '../../../components/raw-record.tsx'
import { Time } from '../../../components/time.tsx'
import { useWords } from '../../../language/use-words.ts'
import { SourceChecks } from './source-checks.tsx'
import { SurveyFields } from './survey-fields.tsx'
import { SurveyNotes } from './survey-notes.tsx'

interface FirstRecordsProps {
  readonly samples: SourceSamples
  readonly product: Product | undefined
}

/** Waits for the first record, then shows what came and what it reads as. */
export function FirstRecords({ samples, product }: FirstRecordsProps) {
  const { t } = useLingui()
  if (samples.is_withheld) {
    return (
      <p className="pt-2 text-13">
        {t`Bản ghi của nguồn này có mức chia sẻ cao hơn mức bạn được xem.`}
      </p>
    )
  }
  const has = samples.survey.records > 0
  return (
    <div className="flex flex-col gap-4 pt-2">
      <p role="status" className="sr-only">
        {has ? t`Đã có bản ghi` : t`Đang chờ bản ghi đầu tiên`}
      </p>
      {has ? <Arrived samples={samples} /> : <Waiting samples={samples} product={product} />}
    </div>
  )
}

function Waiting({ samples, product }: FirstRecordsProps) {
  const { t } = useLingui()
  const { language } = useWords()
  const { last_record_at } = samples.source
  return (
    <>
      <p className="font-medium text-15">{t`Đang chờ bản ghi đầu tiên…`}</p>
      {last_record_at ? (
        <p className="text-13 text-ink-2">
          {t`Nguồn đã nhận từ trước khi nút khởi động:`} <Time at={last_record_at} />
        </p>
      ) : null}
      {product ? <p className="text-13">{product.first[language]}</p> : null}
      <SourceChecks samples={samples} />
    </>
  )
}

function Arrived({ samples }: { samples: SourceSamples }) {
  const { t } = useLingui()
  const { number, bytes } = useWords()
  const { survey, records, senders, source } = samples
  const [latest] = records
  const share = Math.floor((survey.events / survey.records) * 100)
  return (
    <>
      <p className="font-medium text-15">
        {survey.rejects === 0
          ? t`Đọc được cả ${number(survey.records)} bản ghi gần nhất`
          : t`Đọc được ${number(share)} % của ${number(survey.records)} bản ghi gần nhất`}
      </p>
      <p className="text-13 text-ink-2">
        {t`Đã nhận ${number(source.counters.received)} bản ghi, từ ${senders.map(({ sender }) => sender).join(', ')}`}
      </p>
      <SurveyNotes samples={samples} />
      {latest ? (
        <div className="flex min-w-0 flex-col gap-1">
          <p className="text-12 text-ink-3">
            {t`Mới nhất, ${bytes(latest.size)} từ ${latest.sender}`} ·{' '}
            <Time at={latest.received_time} as="clock" />
          </p>
          <RawRecord text={latest.text} />
        </div>
      ) : null}
      <SurveyFields survey={survey} />
    </>
  )
}
