import type { RunStore } from './core/storage.js'

const NAME = 'react-step-up'
const STORE = 'runs'
// Seconds; longer than any record can live.
const KEPT = 7200

/**
 * IndexedDB, because it alone is one for all processes of a browser: under a Web Lock the next window
 * can still read a localStorage from before, and two of them have run the same action.
 */
export const runStore = (factory: IDBFactory): RunStore => ({
  add: (id, now) =>
    write(factory, (store) => {
      let first = true
      const cursor = store.openCursor()
      cursor.onsuccess = () => {
        const entry = cursor.result
        if (entry && now - Number(entry.value) > KEPT) entry.delete()
        entry?.continue()
      }
      // Adding fails for whoever comes second: that is the whole of it.
      store.add(now, id).onerror = (event) => {
        event.preventDefault()
        first = false
      }
      return () => first
    }),
  remove: (id) =>
    write(factory, (store) => {
      store.delete(id)
      return () => undefined
    }),
})

function open(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(NAME, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    opening.onsuccess = () => {
      resolve(opening.result)
    }
    opening.onerror = () => {
      reject(opening.error ?? new Error('IndexedDB cannot be opened.'))
    }
  })
}

/** One transaction; closed again at once, so that the page can still go into the back/forward cache. */
async function write<T>(factory: IDBFactory, work: (store: IDBObjectStore) => () => T): Promise<T> {
  const database = await open(factory)
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' })
      const result = work(transaction.objectStore(STORE))
      transaction.oncomplete = () => {
        resolve(result())
      }
      transaction.onabort = () => {
        reject(transaction.error ?? new Error('IndexedDB gave up.'))
      }
    })
  } finally {
    database.close()
  }
}
