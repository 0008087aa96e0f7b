# The look that the figures share: colours that colour-blind readers tell apart too (Okabe and Ito), quiet axes.
set datafile separator ','
set linetype 1 linecolor rgb '#0072B2' linewidth 2 pointtype 7 pointsize 0.9
set linetype 2 linecolor rgb '#D55E00' linewidth 2 pointtype 5 pointsize 0.8
set linetype 3 linecolor rgb '#009E73' linewidth 2 pointtype 9 pointsize 1.0
set border 3 linecolor rgb '#606060'
set tics nomirror out scale 0.6 textcolor rgb '#303030'
set grid linecolor rgb '#E2E2E2' linewidth 0.7 linetype 1
set key samplen 2.5 spacing 1.25
