import type { SigningKey } from '@haidang/contracts/authority'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { KeyActDialog, type SigningAct } from './key-act-dialog.tsx'

/** The keys the organisation signs with: the one of today, and those whose signatures stay to be checked. */
export function SigningKeysSection({ keys }: { keys: readonly SigningKey[] }) {
  const { t } = useLingui()
  const refusal = useRefusal()('station.manage')
  const [asked, setAsked] = useState<SigningAct | null>(null)
  return (
    <Section title={t`Khóa ký của tổ chức`}>
      <ul className="divide-y divide-line">
        {keys.map((key) => (
          <li key={key.kid} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-12">
            <code className="w-full break-all">{key.kid}</code>
            <KeyState signingKey={key} />
            {key.valid_to ? (
              <span className="text-ink-2">
                {t`tin tới`} <Time at={key.valid_to} as="absolute" />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2 pt-3">
        <Button refusal={refusal} onClick={() => setAsked('rotate-signing')}>
          {t`Đổi khóa ký…`}
        </Button>
        <Button look="danger" refusal={refusal} onClick={() => setAsked('replace-signing')}>
          {t`Thay khóa ký vì lộ hoặc mất…`}
        </Button>
      </div>
      {asked ? <KeyActDialog act={asked} isLeaving={false} onClose={() => setAsked(null)} /> : null}
    </Section>
  )
}

function KeyState({ signingKey: { how, valid_to } }: { signingKey: SigningKey }) {
  const { t } = useLingui()
  if (valid_to === null) return <Pill tone="good">{t`Đang ký`}</Pill>
  return how === 'lost' ? <Pill tone="critical">{t`Lộ hoặc mất`}</Pill> : <Pill>{t`Đã đổi`}</Pill>
}
