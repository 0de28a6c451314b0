import { Popover } from '@base-ui/react/popover'
import { Readiness } from '@haidang/contracts/health'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Scrolled } from '../components/scrolled.tsx'
import { Time } from '../components/time.tsx'
import { useWords } from '../language/use-words.ts'
import { cn } from '../theme/cn.ts'

type State = 'ok' | 'warn' | 'fail' | 'unknown'

/** `/readyz` answers 503 with the same body when a check fails, so the status is no error here. */
async function readiness(signal: AbortSignal): Promise<Readiness> {
  const response = await fetch('/readyz', { signal })
  return Readiness.parse(await response.json())
}

function worst(readiness: Readiness | undefined): State {
  if (!readiness) return 'unknown'
  if (readiness.checks.some(({ state }) => state === 'fail')) return 'fail'
  return readiness.checks.some(({ state }) => state === 'warn') ? 'warn' : 'ok'
}

const dots: Record<State, string> = {
  ok: 'fill-good-fill',
  warn: 'fill-medium-fill',
  fail: 'fill-critical-fill',
  unknown: 'fill-none stroke-ink-3',
}

function Dot({ state }: { state: State }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className={cn('size-3 shrink-0', dots[state])}>
      {state === 'warn' ? <path d="M6 1 11.5 11H.5z" /> : null}
      {state === 'fail' ? <path d="M6 .5 11.5 6 6 11.5.5 6z" /> : null}
      {state === 'ok' || state === 'unknown' ? <circle cx="6" cy="6" r="4" /> : null}
    </svg>
  )
}

/** The node's own health in one dot; pressed, every check with cause and remedy. */
export function HealthDot() {
  const { t } = useLingui()
  const { language } = useWords()
  const query = useQuery({
    queryKey: ['readiness'],
    queryFn: ({ signal }) => readiness(signal),
    refetchInterval: 30_000,
    retry: false,
  })
  const state = query.isError ? 'unknown' : worst(query.data)
  const words: Record<State, string> = {
    ok: t`Nút khỏe`,
    warn: t`Nút có cảnh báo`,
    fail: t`Nút có lỗi`,
    unknown: t`Chưa rõ tình trạng nút`,
  }
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={words[state]}
        title={words[state]}
        className="grid size-8 shrink-0 place-items-center rounded-control hover:bg-hover"
      >
        <Dot state={state} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} className="z-50">
          <Popover.Popup className="appear w-88 max-w-[92vw] rounded-float border bg-surface p-4 shadow-float">
            <Popover.Title className="pb-2 font-semibold text-15">{words[state]}</Popover.Title>
            <Scrolled label={words[state]} className="max-h-80 overflow-y-auto">
              <ul className="flex flex-col divide-y divide-line">
                {(query.data?.checks ?? []).map((check) => (
                  <li
                    key={check.name}
                    className="grid grid-cols-[12px_1fr] gap-x-2.5 gap-y-0.5 py-2"
                  >
                    <span className="pt-1">
                      <Dot state={check.state} />
                    </span>
                    <p>
                      {check.cause[language]}
                      {check.state === 'ok' ? null : (
                        <span className="block text-12 text-ink-2">{check.remedy[language]}</span>
                      )}
                      <span className="block text-12 text-ink-3">
                        <code>{check.name}</code> · <Time at={check.since} />
                      </span>
                    </p>
                  </li>
                ))}
              </ul>
            </Scrolled>
            {query.isError ? (
              <p className="text-13 text-ink-2">{t`Không hỏi được tình trạng. Kiểm tra nút còn chạy không.`}</p>
            ) : null}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
