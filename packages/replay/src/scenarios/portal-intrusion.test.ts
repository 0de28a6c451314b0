import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordFormat } from '@haidang/contracts/record-format'
import { alertOf } from '@haidang/detection/alert'
import { Detector } from '@haidang/detection/detector'
import { IndicatorSet } from '@haidang/detection/indicators/indicator-set'
import { buildIndicatorTables } from '@haidang/detection/indicators/indicator-tables'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import { findFiles, readRuleFiles, ruleEndings } from '@haidang/station/detect/rule-files'
import { toEvent } from '@haidang/station/normalise/to-event'
import { describe, expect, test } from 'vitest'
import type { Channel, Message } from '../scenario.ts'
import { portalIntrusion } from './portal-intrusion.ts'

const library = join(import.meta.dirname, '../../../../content/rules')
const files = await findFiles([{ label: '', path: library, required: true }], ruleEndings)
const path = join(import.meta.dirname, '../../../../content/indicators/demonstration.csv')
const indicators = buildIndicatorTables([{ path, text: readFileSync(path, 'utf8') }], 'test')
const detector = new Detector(
  compileRules(await readRuleFiles(files)),
  new IndicatorSet(indicators),
)
const start = Date.parse('2026-11-22T03:20:57.000Z')
const formats: Record<Channel, RecordFormat> = {
  syslog: 'auto',
  suricata: 'suricata-eve',
  zeek: 'zeek-json',
  windows: 'windows-json',
}

/** What a station makes of a message: its event, and the ids of the rules that fire. */
function seen({ at, channel, write }: Message, simulated = false) {
  const time = start + at * 1_000
  const sourceId = 'src_0192f0c1-0000-7000-8000-000000000001'
  const subject = toEvent(
    {
      position: { segment: 1, offset: 0 },
      origin: sourceId,
      key: undefined,
      receivedAt: time,
      body: new TextEncoder().encode(write(time)),
    },
    {
      organisation_id: 'org_0192f0c1-0000-7000-8000-000000000001',
      node_id: 'nod_0192f0c1-0000-7000-8000-000000000001',
      simulated,
      sources: new Map([
        [
          sourceId,
          {
            id: sourceId,
            name: channel,
            collector: 'json-lines',
            format: formats[channel],
            zone: 'Asia/Ho_Chi_Minh',
            logsource: {},
            tlp: 'amber',
          },
        ],
      ]),
    },
  )
  if (!subject.ok) throw new Error(`${subject.reason}: ${subject.detail}: ${write(time)}`)
  const alerts = detector
    .examine(subject)
    .map((finding) => alertOf(finding, subject, subject.event.received_time, (id) => id))
  return { event: subject.event, alerts }
}

const story = portalIntrusion.story(7)

function firstOf(messages: Iterable<Message>, count: number): Message[] {
  const taken: Message[] = []
  for (const message of messages) {
    taken.push(message)
    if (taken.length === count) break
  }
  return taken
}

describe('the story of the portal intrusion', () => {
  test('is the same for the same seed and another for another', () => {
    const written = (seed: number) => portalIntrusion.story(seed).map(({ write }) => write(start))
    expect(written(7)).toEqual(written(7))
    expect(written(8)).not.toEqual(written(7))
  })

  test('is told within a minute, in order', () => {
    const times = story.map(({ at }) => at)
    expect(times.toSorted((a, b) => a - b)).toEqual(times)
    expect(times.at(-1)).toBeLessThan(60)
  })

  test('every record is read, at its own time, and counts as simulated', () => {
    for (const message of [...story, ...firstOf(portalIntrusion.background(7), 400)]) {
      const { event } = seen(message)
      expect(event.metadata.simulated, message.write(start)).toBe(true)
      const late = Math.abs(Date.parse(event.time) - (start + message.at * 1_000))
      expect(late, message.write(start)).toBeLessThan(1_001)
    }
  })

  test.each(portalIntrusion.stations)(
    'raises alerts at %s in every step that plays there',
    (name) => {
      const at = story
        .filter((message) => message.station === name && seen(message).alerts.length > 0)
        .map((message) => message.at)
      expect(Math.min(...at)).toBeLessThan(10)
      expect(Math.max(...at)).toBeGreaterThan(30)
      expect(at.length).toBeGreaterThan(10)
    },
  )

  test('shows the whole chain at the ministry through the starter rules', () => {
    const titles = new Set(
      story
        .filter(({ station }) => station === 'ministry')
        .flatMap((message) => seen(message).alerts.map(({ rule }) => rule.title)),
    )
    for (const title of [
      'Công cụ dò quét lỗ hổng web',
      'Dò tìm tệp bí mật trên máy chủ web',
      'Thử tài khoản không tồn tại qua SSH',
      'Đoán mật khẩu tài khoản root qua SSH',
      'Đăng nhập SSH bằng mật khẩu từ địa chỉ Internet',
      'Gọi tệp thực thi trong thư mục tải lên',
      'Thực thi lệnh qua tham số web',
      'Mở shell quyền root qua sudo',
      'Đọc hoặc sửa tệp chứa bí mật qua sudo',
      'Tạo tài khoản hoặc thêm vào nhóm quản trị Linux',
      'Dò thông tin tài khoản miền bằng lệnh hệ thống',
      'PowerShell chạy lệnh mã hóa',
      'Tải chương trình từ máy chủ không có tên miền',
      'Kết nối TLS tự ký tới cổng lạ',
    ])
      expect(titles).toContain(title)
  })

  test('the control server and its name are known indicators wherever machines report to it', () => {
    for (const name of portalIntrusion.stations) {
      const values = story
        .filter(({ station }) => station === name)
        .flatMap((message) => seen(message).alerts)
        .filter(({ detector: by }) => by === 'indicator')
        .flatMap(({ matches }) => matches.map(({ value }) => value))
      expect(values).toContain('203.0.113.66')
      expect(values).toContain('dong-bo.dieu-khien.example')
    }
  })

  test('ordinary traffic raises no alert; only the machines already taken keep reporting', () => {
    const fired = firstOf(portalIntrusion.background(7), 1_500)
      .filter(({ at }) => at < 60)
      .flatMap((message) => seen(message).alerts.map(({ rule }) => rule.title))
    expect(fired).toEqual([])
  })

  test('names nobody: documentation addresses and names under example only', () => {
    const real =
      /(?<![\d.])(?!192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])/
    for (const message of [...story, ...firstOf(portalIntrusion.background(7), 300)]) {
      const text = message.write(start)
      expect(real.exec(text)?.[0], text).toBeUndefined()
      for (const [name] of text.matchAll(/[a-z0-9-]+\.(?:vn|com|net|org|gov|edu)\b/g))
        expect(['Net.WebClient'], text).toContain(name)
    }
  })
})
