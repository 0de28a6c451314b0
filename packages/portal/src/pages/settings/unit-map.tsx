import type { AdministrativeUnit } from '@haidang/contracts/administrative-unit'
import { useLingui } from '@lingui/react/macro'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import shapes from './unit-shapes.json' with { type: 'json' }

interface UnitMapProps {
  readonly units: readonly AdministrativeUnit[]
  /** Code of the unit that stands out. */
  readonly chosen: string | undefined
  readonly onChoose: (code: string) => void
  /** The fill of a unit that is not chosen, as a class; the plain one unless told. */
  readonly fillOf?: (code: string) => string | undefined
  /** What is told of a unit under the pointer, after its name. */
  readonly noteOf?: (code: string) => string
}

const margin = 10
const [left, top, right, bottom] = shapes.box
const width = (right ?? 0) - (left ?? 0) + 260
const height = (bottom ?? 0) - (top ?? 0)

/** Islands off the map, each in a frame of its own with the unit it belongs to. */
const insets = [
  { code: '48', vi: 'Hoàng Sa', en: 'Hoàng Sa (Paracel)', x: 500, y: 470 },
  { code: '56', vi: 'Trường Sa', en: 'Trường Sa (Spratly)', x: 500, y: 720 },
]

/** The units of today on a schematic map; the table beside it says the same in words. */
export function UnitMap({ units, chosen, onChoose, fillOf, noteOf }: UnitMapProps) {
  const { t } = useLingui()
  const { language } = useWords()
  const paths = new Map<string, string>(Object.entries(shapes.units))
  const look = (code: string) =>
    cn(
      'cursor-pointer stroke-bg outline-none focus-visible:stroke-ink focus-visible:stroke-[3px]',
      chosen === code
        ? 'fill-accent'
        : (fillOf?.(code) ?? 'fill-line-strong hover:fill-accent-strong'),
    )
  return (
    <figure className="flex flex-col gap-1">
      <svg
        viewBox={`${(left ?? 0) - margin} ${(top ?? 0) - margin} ${width} ${height + 2 * margin}`}
        className="max-h-[70vh] w-full"
        role="img"
        aria-label={t`Bản đồ ${units.length} đơn vị hành chính`}
      >
        {units.map(({ id, name }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table beside has a button for each unit
          <path
            key={id}
            d={paths.get(id)}
            className={look(id)}
            strokeWidth="1"
            onClick={() => onChoose(id)}
          >
            <title>{[name[language], noteOf?.(id)].filter(Boolean).join(' · ')}</title>
          </path>
        ))}
        {insets.map(({ code, vi, en, x, y }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table beside has a button for each unit
          <g key={code} className={look(code)} onClick={() => onChoose(code)}>
            <rect
              x={x}
              y={y}
              width="170"
              height="120"
              className="fill-sunken stroke-line-strong"
              strokeWidth="1"
            />
            <title>{language === 'vi' ? vi : en}</title>
            {[0, 1, 2, 3, 4].map((dot) => (
              <circle
                key={dot}
                cx={x + 40 + ((dot * 37) % 95)}
                cy={y + 45 + ((dot * 23) % 45)}
                r="4"
              />
            ))}
            <text
              x={x + 85}
              y={y + 24}
              textAnchor="middle"
              className="fill-ink stroke-none"
              fontSize="18"
            >
              {language === 'vi' ? vi : en}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="text-12 text-ink-3">
        {t`Ranh giới giản lược từ Natural Earth (miền công cộng), không có giá trị pháp lý. Hoàng Sa thuộc Đà Nẵng, Trường Sa thuộc Khánh Hòa vẽ ở khung riêng; đảo nhỏ không vẽ.`}
      </figcaption>
    </figure>
  )
}
