import type { Authority } from '@haidang/contracts/authority'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { type AuthorityAct, KeyActDialog } from './key-act-dialog.tsx'
import { stationTones } from './station-tones.ts'

/** The certificate authority, how far a rotation is, and what can be done about it. */
export function AuthoritySection({ authority }: { authority: Authority }) {
  const { t } = useLingui()
  const { number } = useWords()
  const refusal = useRefusal()('station.manage')
  const [asked, setAsked] = useState<AuthorityAct | null>(null)
  const { next, stations, behind, former } = authority
  const moved = stations - behind.length
  return (
    <Section title={t`Cơ quan chứng thư`}>
      <Facts>
        <Fact name={t`Dấu vân tay`}>
          <code className="break-all text-12">{authority.fingerprint}</code>
        </Fact>
        <Fact name={t`Hiệu lực tới`}>
          <Time at={authority.valid_to} as="absolute" />
        </Fact>
        {next ? (
          <>
            <Fact name={t`Cơ quan kế tiếp`}>
              <code className="break-all text-12">{next.fingerprint}</code>
            </Fact>
            <Fact name={t`Bắt đầu đổi`}>
              <Time at={next.began_at} as="absolute" />
            </Fact>
            <Fact name={t`Cơ quan cũ chấm dứt`}>
              <Time at={next.due_at} as="absolute" />
            </Fact>
            <Fact name={t`Trạm đã chuyển`}>{t`${number(moved)} trên ${number(stations)}`}</Fact>
          </>
        ) : null}
      </Facts>
      {next && behind.length > 0 ? <Behind stations={behind} /> : null}
      <div className="flex flex-wrap gap-2 pt-3">
        {next ? (
          <Button refusal={refusal} onClick={() => setAsked('retire')}>
            {t`Chấm dứt cơ quan cũ…`}
          </Button>
        ) : (
          <Button refusal={refusal} onClick={() => setAsked('rotate')}>
            {t`Đổi theo kế hoạch…`}
          </Button>
        )}
        <Button look="danger" refusal={refusal} onClick={() => setAsked('replace')}>
          {t`Thay khẩn cấp vì lộ hoặc mất khóa…`}
        </Button>
      </div>
      {former.length > 0 ? <Former former={former} /> : null}
      {asked ? (
        <KeyActDialog act={asked} isLeaving={moved < stations} onClose={() => setAsked(null)} />
      ) : null}
    </Section>
  )
}

function Behind({ stations }: { stations: Authority['behind'] }) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <>
      <h3 className="pt-3 font-medium text-13">{t`Chưa chuyển`}</h3>
      <ul className="divide-y divide-line">
        {stations.map(({ id, name, state, last_heartbeat_at }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-13">
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <Pill tone={stationTones[state]}>{label('stationState', state)}</Pill>
            {last_heartbeat_at ? <Time at={last_heartbeat_at} /> : null}
          </li>
        ))}
      </ul>
    </>
  )
}

function Former({ former }: { former: Authority['former'] }) {
  const { t } = useLingui()
  return (
    <>
      <h3 className="pt-4 font-medium text-13">{t`Đã chấm dứt`}</h3>
      <ul className="divide-y divide-line">
        {former.map(({ fingerprint, ended_at, how }) => (
          <li key={fingerprint} className="flex flex-wrap gap-x-3 gap-y-1 py-2 text-12">
            <code className="w-full break-all">{fingerprint}</code>
            <Time at={ended_at} as="absolute" />
            <span className={how === 'lost' ? 'text-critical' : 'text-ink-2'}>
              {how === 'lost' ? t`lộ hoặc mất` : t`đổi theo kế hoạch`}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
