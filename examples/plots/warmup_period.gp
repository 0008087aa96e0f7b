# data: beta2,linear,exponential,radam. Left the periods, right as a multiple of 1 / (1 - beta2), which tells them apart.
set multiplot layout 1,2 margins 0.095,0.96,0.15,0.88 spacing 0.1,0
set logscale x
set xrange [9:11000]
set xtics ('0.9' 10, '0.99' 100, '0.999' 1000, '0.9999' 10000)
set xlabel '{/Symbol b}_2'
set key top left reverse Left
set logscale y
set yrange [5:20000]
set format y '%g'
set title 'Effective warmup period'
set ylabel 'Steps'
plot data every ::1 using (1/(1-column(1))):2 with linespoints linetype 1 linewidth 4 title 'linear', \
     data every ::1 using (1/(1-column(1))):3 with linespoints linetype 2 title 'exponential', \
     data every ::1 using (1/(1-column(1))):4 with linespoints linetype 3 title 'RAdam'
unset logscale y
set yrange [0.8:1.2]
set ytics 0.1
set format y '%.1f'
set title 'The same, over 1 / (1 - {/Symbol b}_2)'
unset ylabel
unset key
plot data every ::1 using (1/(1-column(1))):(column(2)*(1-column(1))) with linespoints linetype 1 linewidth 4, \
     data every ::1 using (1/(1-column(1))):(column(3)*(1-column(1))) with linespoints linetype 2, \
     data every ::1 using (1/(1-column(1))):(column(4)*(1-column(1))) with linespoints linetype 3
unset multiplot
