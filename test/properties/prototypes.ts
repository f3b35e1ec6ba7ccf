const PROTOTYPES = [
  Object.prototype,
  Array.prototype,
  Map.prototype,
  String.prototype,
  Function.prototype,
]

const shot = () =>
  PROTOTYPES.map((prototype) =>
    Reflect.ownKeys(prototype).map(
      (key) => Object.getOwnPropertyDescriptor(prototype, key)?.value as unknown,
    ),
  )

/** Says whether what everything is made of is as it was. */
export function watchPrototypes(): () => boolean {
  const before = shot()
  return () => {
    const same = shot().every((values, index) => {
      const old = before[index]!
      return values.length === old.length && values.every((value, at) => Object.is(value, old[at]))
    })
    return same && Object.keys({}).length === 0 && !('polluted' in {})
  }
}
