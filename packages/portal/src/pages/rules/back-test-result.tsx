import type { BackTest } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useMay } from '../../api/session.ts'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { HourBars } from './hour-bars.tsx'
import { TrialHits } from './trial-hits.tsx'

interface BackTestResultProps {
  readonly test: BackTest
  readonly open: boolean
}

const shownHosts = 10

/** One trial of a version on stored events: how far it is, or what it found. */
export function BackTestResult({ test, open }: BackTestResultProps) {
  return (
    <details open={open} className="border-line border-b py-2 last:border-b-0">
      <summary className="flex min-h-7 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1">
        <Headline test={test} />
      </summary>
      <div className="flex flex-col gap-4 pt-2">
        <Body test={test} />
      </div>
    </details>
  )
}

function Headline({ test }: { test: BackTest }) {
  const { t } = useLingui()
  const { number } = useWords()
  return (
    <>
      {test.state === 'done' ? (
        <span className="font-semibold text-15">
          {test.fired > 0 ? t`Đã có thể nổ ${number(test.fired)} lần` : t`Đã không nổ lần nào`}
        </span>
      ) : null}
      {test.state === 'failed' ? <Pill tone="critical">{t`Không thử được`}</Pill> : null}
      {test.state === 'waiting' ? <Pill>{t`Đang chờ`}</Pill> : null}
      {test.state === 'running' ? <Pill tone="accent">{t`Đang thử`}</Pill> : null}
      <span className="text-12 text-ink-2">
        {t`Bản ${test.version}`} · <Time at={test.from} as="absolute" /> –{' '}
        <Time at={test.to} as="absolute" /> · {test.author_name}
      </span>
    </>
  )
}

function Body({ test }: { test: BackTest }) {
  const { t } = useLingui()
  const { number } = useWords()
  const may = useMay()
  if (test.state === 'failed') {
    return (
      <p className="break-words font-mono text-12 text-critical">
        {test.problem ?? t`Không rõ lý do`}
      </p>
    )
  }
  if (test.state !== 'done') return <Progress test={test} />
  return (
    <>
      <p className="text-12 text-ink-2">
        {t`Đã xét ${number(test.examined)} sự kiện.`}{' '}
        {test.bounded
          ? t`Khoảng này có ${number(test.total ?? 0)} sự kiện, nhiều hơn số được xét.`
          : ''}
      </p>
      {test.fired > 0 ? (
        <>
          <HourBars hours={test.by_hour} />
          <Hosts test={test} />
          <TrialHits hits={test.hits} total={test.fired} linked={may('event.read')} />
        </>
      ) : null}
    </>
  )
}

function Progress({ test }: { test: BackTest }) {
  const { t } = useLingui()
  const { number } = useWords()
  const { examined, total, fired } = test
  return (
    <div className="flex flex-col gap-1" role="status">
      <progress
        aria-label={t`Tiến độ thử luật`}
        className="h-2 w-full accent-accent"
        {...(total === null ? {} : { value: examined, max: Math.max(total, examined, 1) })}
      />
      <p className="text-12 text-ink-2">
        {total === null
          ? t`Đã xét ${number(examined)} sự kiện, nổ ${number(fired)} lần`
          : t`Đã xét ${number(examined)} trên ${number(total)} sự kiện, nổ ${number(fired)} lần`}
      </p>
    </div>
  )
}

function Hosts({ test: { by_host } }: { test: BackTest }) {
  const { t } = useLingui()
  const { number } = useWords()
  if (by_host.length === 0) return null
  const most = Math.max(...by_host.map(({ count }) => count), 1)
  return (
    <div>
      <h3 className="pb-1 text-12 text-ink-3">{t`Nơi nổ nhiều nhất`}</h3>
      <ul className="flex flex-col gap-1">
        {by_host.slice(0, shownHosts).map(({ host, count }) => (
          <li key={host} className="grid grid-cols-[minmax(0,14rem)_1fr_4rem] items-center gap-3">
            <span className="truncate font-mono text-12" title={host}>
              {host || t`không rõ máy`}
            </span>
            <span className="h-2 rounded-[2px] bg-sunken">
              <span
                className="block h-2 rounded-[2px] bg-accent-line"
                style={{ width: `${(count / most) * 100}%` }}
              />
            </span>
            <span className="text-right text-12">{number(count)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
