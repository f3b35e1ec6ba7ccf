// Screenshots one after the other as one moving PNG, which every browser shows by itself
// (https://www.w3.org/TR/png-3/#apng-frame-based-animation).
import { crc32 } from 'node:zlib'

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

function* chunksOf(png) {
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    yield { type, data: png.subarray(at + 8, at + 8 + length) }
    at += length + 12
  }
}

function chunk(type, ...parts) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), ...parts])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length - 4)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

const number = (value) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** @param {readonly { png: Buffer, seconds: number }[]} frames all of one size, and none with alpha */
export function animate(frames) {
  const header = [...chunksOf(frames[0].png)].find(({ type }) => type === 'IHDR').data
  let order = 0
  const body = frames.flatMap(({ png, seconds }, index) => {
    const delay = Buffer.alloc(6)
    delay.writeUInt16BE(Math.round(seconds * 100), 0)
    delay.writeUInt16BE(100, 2)
    const place = [header.subarray(0, 8), number(0), number(0)]
    const control = chunk('fcTL', number(order++), ...place, delay)
    const data = [...chunksOf(png)]
      .filter(({ type }) => type === 'IDAT')
      .map((idat) =>
        index === 0 ? chunk('IDAT', idat.data) : chunk('fdAT', number(order++), idat.data),
      )
    return [control, ...data]
  })
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('acTL', number(frames.length), number(0)),
    ...body,
    chunk('IEND'),
  ])
}
