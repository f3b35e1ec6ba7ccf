import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { publicNames } from '../../vite.config.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig({
  root: path('.'),
  plugins: [react()],
  resolve: { alias: publicNames },
  build: {
    emptyOutDir: true,
    rolldownOptions: { input: [path('index.html'), path('silent.html')] },
  },
})
