# Debian has manual pages and changes compressed, the latter under a name of its own.
set(share "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/share")
file(RENAME "${share}/doc/libtorch-warmup-dev/CHANGELOG.md" "${share}/doc/libtorch-warmup-dev/changelog")
file(GLOB files "${share}/man/man?/*.[37]")
execute_process(COMMAND gzip -9nf ${files} "${share}/doc/libtorch-warmup-dev/changelog" COMMAND_ERROR_IS_FATAL ANY)
