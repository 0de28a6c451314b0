import { millisecondsOf } from '@haidang/contracts/instant'
import type { MonitoringReport } from '@haidang/contracts/monitoring'
import { useLingui } from '@lingui/react/macro'
import { Fact, Facts } from '../../components/facts.tsx'
import { Pill } from '../../components/pill.tsx'
import { useNow } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

/** Which sources are asked for, and which of them the policy lets out. */
export function MonitoringSources({ report }: { report: MonitoringReport }) {
  const { t } = useLingui()
  return (
    <ul className="flex flex-col gap-1">
      {report.sources.map(({ id, name, allowed }) => (
        <li key={id} className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 break-all font-medium">{name}</span>
          {allowed ? (
            <Pill tone="accent">{t`đang gửi`}</Pill>
          ) : (
            <Pill tone="medium">{t`chính sách giữ lại`}</Pill>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Rate, lag, and how much of the budget is used. */
export function MonitoringFigures({ report }: { report: MonitoringReport }) {
  const { t } = useLingui()
  const { number, bytes, duration } = useWords()
  const now = useNow()
  const { rate, bytes_per_second, limit, waiting, oldest_at, resting } = report
  const lag = oldest_at === null ? 0 : Math.max(0, (now - millisecondsOf(oldest_at)) / 1000)
  return (
    <Facts>
      <Fact name={t`Tốc độ`}>
        {t`${number(rate, 1)} sự kiện mỗi giây, ${bytes(bytes_per_second)} mỗi giây`}
      </Fact>
      <Fact name={t`Băng thông`}>
        {limit === null
          ? t`không giới hạn`
          : t`${number((bytes_per_second / limit) * 100)} % của ${bytes(limit)} mỗi giây`}
      </Fact>
      <Fact name={t`Chờ gửi`}>{t`${number(waiting)} sự kiện`}</Fact>
      <Fact name={t`Độ trễ`}>{lag < 1 ? t`không trễ` : duration(lag)}</Fact>
      {resting ? (
        <Fact name={t`Giờ yên`}>
          <Pill tone="medium">{t`đang nghỉ`}</Pill>
        </Fact>
      ) : null}
    </Facts>
  )
}
